//! What happens next.

use {
    super::{SUBJECTS, Weighted},
    crate::oracle::run::{Predict, Run, Step},
    crate::{
        model::{Model, Predicted},
        rng::Rng,
    },
    solana_program::instruction::Instruction,
};

/// A step and what the model says of it.
pub struct PredictedStep {
    /// In words.
    pub what: String,
    /// Its instructions.
    pub instructions: Vec<Instruction>,
    /// Names of those who sign.
    pub signers: Vec<String>,
    /// What the model says of it, at any time.
    pub predict: Predict,
    /// Whether it succeeds.
    pub predicted: Predicted,
    /// The model after it, where it does.
    pub after: Model,
}

impl PredictedStep {
    /// The step before anything was said of it.
    pub fn again(self) -> Step {
        Step {
            what: self.what,
            instructions: self.instructions,
            signers: self.signers,
            predict: self.predict,
        }
    }
}

/// Steps of some subjects only, so that what takes many steps of one kind comes about;
/// now and then of all.
pub fn subjects(seed: u64) -> Vec<Weighted> {
    let mut rng = Rng(seed);
    let all = rng.percent(25);
    let mut chosen = Vec::new();
    for (place, steps) in SUBJECTS.iter().enumerate() {
        // Time always passes.
        if rng.percent(45) || place == 0 || all {
            chosen.extend_from_slice(steps);
        }
    }
    chosen
}

impl Run {
    /// The next step.
    pub fn step(&mut self) {
        let total: u64 = self.subjects.iter().map(|(weight, _)| weight).sum();
        for _ in 0..50 {
            let mut at = self.rng.below(total);
            let chosen = self.subjects.iter().copied().find(|(weight, _)| {
                let here = at < *weight;
                at = at.saturating_sub(*weight);
                here
            });
            let (_, make) = chosen.expect("weights add up");
            let Some(step) = make(self) else { continue };
            let predicted = self.predict_step(step);
            // Much of what is refused is left out, or most steps of a rare kind would be.
            if predicted.predicted.is_err() && self.rng.percent(50) {
                continue;
            }
            self.execute(predicted);
            return;
        }
    }

    /// What the model says of a step.
    pub fn predict_step(&self, step: Step) -> PredictedStep {
        let mut after = self.model.clone();
        let predicted = (step.predict)(&mut after);
        if predicted.is_ok() {
            after.note_shares(&self.model);
        }
        PredictedStep {
            predicted,
            what: step.what,
            instructions: step.instructions,
            signers: step.signers,
            predict: step.predict,
            after,
        }
    }
}
