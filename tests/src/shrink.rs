//! The shortest form of a sequence that fails: steps are left out one by one, as long as the
//! rest still fails.

use std::{
    cell::Cell,
    panic::{self, AssertUnwindSafe},
    sync::Once,
    time::{Duration, Instant},
};

/// Seconds that one failure is shortened for, unless `UPSIDE_SHRINK_SECONDS` says otherwise.
const SECONDS: u64 = 120;

/// When shortening of a failure that was found now ends.
///
/// # Panics
/// If `UPSIDE_SHRINK_SECONDS` is no number.
pub fn deadline() -> Instant {
    let seconds = std::env::var("UPSIDE_SHRINK_SECONDS");
    let seconds = seconds.map_or(SECONDS, |text| text.parse().expect("a number of seconds"));
    Instant::now() + Duration::from_secs(seconds)
}

/// Leaves out steps until none can be left out, or until the deadline. `failure` is what the
/// whole sequence ends in; `fails` replays a part of it, and returns what that ends in if it
/// fails. Returns the shortest part that failed, and its failure.
pub fn shortest<T: Clone, F>(
    mut steps: Vec<T>,
    mut failure: F,
    deadline: Instant,
    mut fails: impl FnMut(&[T]) -> Option<F>,
) -> (Vec<T>, F) {
    loop {
        let length = steps.len();
        for at in (0..length).rev() {
            if Instant::now() >= deadline {
                return (steps, failure);
            }
            let mut fewer = steps.clone();
            fewer.remove(at);
            if let Some(found) = fails(&fewer) {
                (steps, failure) = (fewer, found);
            }
        }
        if steps.len() == length {
            return (steps, failure);
        }
    }
}

thread_local! {
    static SILENT: Cell<bool> = const { Cell::new(false) };
}

/// Runs something that may panic and returns what it panicked with. With `silent` the panic
/// prints nothing: a replay fails many times.
pub fn panicked(silent: bool, run: impl FnOnce()) -> Option<String> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if !SILENT.get() {
                before(info);
            }
        }));
    });
    let was = SILENT.replace(silent);
    let ran = panic::catch_unwind(AssertUnwindSafe(run));
    SILENT.set(was);
    let payload = ran.err()?;
    let text = payload.downcast_ref::<String>().cloned();
    let text = text.or_else(|| payload.downcast_ref::<&str>().map(|text| (*text).into()));
    Some(text.unwrap_or_else(|| "a panic without words".into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A planted failure: it takes a 3 and, somewhere after it, a 7.
    fn fails(steps: &[u32]) -> Option<usize> {
        let three = steps.iter().position(|step| *step == 3)?;
        steps[three..].contains(&7).then_some(steps.len())
    }

    #[test]
    fn what_the_failure_needs_is_left_in_its_order() {
        let steps: Vec<u32> = (0..20).chain(0..20).collect();
        let all = fails(&steps).unwrap();
        assert_eq!(shortest(steps, all, deadline(), fails), (vec![3, 7], 2));
    }

    #[test]
    fn steps_that_only_together_can_be_left_out_stay() {
        // An odd length fails: no single step can be left out.
        let fails = |steps: &[u32]| (steps.len() % 2 == 1).then_some(());
        let (steps, ()) = shortest(vec![1, 2, 3], (), deadline(), fails);
        assert_eq!(steps.len(), 3);
    }

    #[test]
    fn a_step_is_tried_again_once_others_are_gone() {
        // The last step can be left out only once the first is.
        let fails = |steps: &[u32]| match steps {
            [1, 2, 3] | [2, 3] | [2] => Some(()),
            _ => None,
        };
        let (steps, ()) = shortest(vec![1, 2, 3], (), deadline(), fails);
        assert_eq!(steps, [2]);
    }

    #[test]
    fn after_the_deadline_nothing_is_replayed() {
        let never = |_: &[u32]| -> Option<()> { panic!("replayed") };
        let (steps, ()) = shortest(vec![1, 2], (), Instant::now(), never);
        assert_eq!(steps, [1, 2]);
    }

    #[test]
    fn panics_are_caught_with_their_words() {
        assert_eq!(panicked(true, || {}), None);
        let text = panicked(true, || panic!("it is {}", 7));
        assert_eq!(text.as_deref(), Some("it is 7"));
    }
}
