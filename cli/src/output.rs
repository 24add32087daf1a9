//! The only place that prints: results on standard output, everything else on standard
//! error. Colours only on a terminal, progress only on a terminal.

#![allow(clippy::print_stdout, clippy::print_stderr)]

use {
    crate::{
        error::{CliError, Described, Result},
        flags::{Format, Global},
        secrets::{hide, hide_kept},
    },
    anstream::{AutoStream, ColorChoice},
    indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle},
    serde::Serialize,
    std::{
        fmt::Display,
        io::{self, BufRead, IsTerminal, Write},
        str::FromStr,
        sync::{Mutex, PoisonError},
        time::Duration,
    },
    upside_view::{
        sanitize::{self, terminal, visible},
        style::{self, paint},
    },
};

/// What scripts are told beside the result.
static NOTES: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// Where and how to print.
#[derive(Clone, Copy, Debug)]
pub struct Output {
    format: Format,
    quiet: bool,
    yes: bool,
    /// Whether to print more.
    pub verbose: bool,
    color: bool,
}

#[derive(Serialize)]
struct Failure<'a> {
    error: &'a Described,
}

impl Output {
    /// As the flags ask for.
    pub fn new(global: &Global) -> Self {
        let Global {
            output,
            quiet,
            verbose,
            yes,
            no_color,
            ..
        } = global;
        let denied = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let color = !no_color && !denied;
        Output {
            format: *output,
            quiet: *quiet,
            yes: *yes,
            verbose: *verbose,
            color,
        }
    }

    /// As far as a command line that does not parse shows it.
    pub fn unparsed(arguments: &[String]) -> Self {
        let given = |format: &str| {
            let pairs = arguments.windows(2);
            let mut pairs = pairs.map(|pair| (pair[0].as_str(), pair[1].as_str()));
            pairs.any(|pair| pair == ("--output", format))
                || arguments.contains(&format!("--output={format}"))
        };
        let format = if given("json-compact") {
            Format::JsonCompact
        } else if given("json") {
            Format::Json
        } else {
            Format::Display
        };
        let color = !arguments.iter().any(|argument| argument == "--no-color");
        Output {
            format,
            quiet: false,
            yes: false,
            verbose: false,
            color,
        }
    }

    /// Whether a person reads.
    pub fn for_people(&self) -> bool {
        self.format == Format::Display
    }

    /// Prints a result.
    pub fn show<T: Serialize + Display>(&self, result: &T) -> Result<()> {
        match self.format {
            Format::Display => self.write(Stream::Out, result.to_string().trim_end()),
            _ => self.json(result),
        }
    }

    /// Prints one of many results on a line of its own, in every format. Returns whether
    /// somebody still reads.
    pub fn line<T: Serialize + Display>(&self, result: &T) -> Result<bool> {
        if self.for_people() {
            return self.put(Stream::Out, result.to_string().trim_end());
        }
        let text = serde_json::to_string(result);
        let text = text.map_err(|error| CliError::Other(error.to_string()))?;
        self.put(Stream::Out, &sanitize::json(&text))
    }

    /// Prints what a program reads as it is, in every format.
    pub fn raw(&self, text: &str) -> Result<()> {
        self.write(Stream::Out, text.trim_end())
    }

    fn json(&self, value: &impl Serialize) -> Result<()> {
        let text = match self.format {
            Format::JsonCompact => serde_json::to_string(value),
            _ => serde_json::to_string_pretty(value),
        };
        let text = text.map_err(|error| CliError::Other(error.to_string()))?;
        self.write(Stream::Out, &sanitize::json(&text))
    }

    /// Prints an error: for people on standard error, for scripts on standard output.
    pub fn fail(&self, error: &Described) {
        let error = &error.shown(hide);
        // If this fails, there is nowhere left to report it.
        let _ = match self.format {
            Format::Display => self.write(Stream::Err, self.failure(error).trim_end()),
            _ => self.json(&Failure { error }),
        };
    }

    fn failure(&self, error: &Described) -> String {
        let name = match error.code {
            Some(code) => format!(" [{} {code}]", error.name),
            None => String::new(),
        };
        let mut text = format!(
            "{} {}{}\n",
            paint(style::BAD, "error:"),
            error.message,
            paint(style::DIM, name)
        );
        if let Some(hint) = &error.hint {
            text.push_str(&format!(" {} {hint}\n", paint(style::NAME, "hint:")));
        }
        for signature in &error.landed {
            text.push_str(&format!(" {} {signature}\n", paint(style::DIM, "landed:")));
        }
        if let Some(signature) = &error.unknown {
            text.push_str(&format!(
                " {} {signature}\n",
                paint(style::WARN, "unknown:")
            ));
        }
        if self.verbose {
            error
                .logs
                .iter()
                .for_each(|line| text.push_str(&format!("   {line}\n")));
        }
        text
    }

    /// Prints what is wrong with a command line, for people.
    pub fn usage(&self, text: &clap::builder::StyledStr) {
        let text = hide(&text.to_string());
        let text = text.strip_prefix("error:").unwrap_or(&text);
        let error = paint(style::BAD, "error:");
        let _ = self.write(Stream::Err, format!("{error}{text}").trim_end());
    }

    /// What scripts are told beside the result, since this was asked last.
    pub fn notes(&self) -> Vec<String> {
        std::mem::take(&mut *NOTES.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Tells a person something beside the result; scripts find it in it.
    pub fn note(&self, text: impl Display) {
        let text = hide_kept(&text.to_string());
        if !self.for_people() {
            NOTES
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .push(text);
        } else if !self.quiet {
            let _ = self.write(Stream::Err, &text);
        }
    }

    /// As [`note`](Self::note), however quiet one wants it.
    pub fn warn(&self, text: impl Display) {
        if self.for_people() {
            let text = hide_kept(&text.to_string());
            let _ = self.write(Stream::Err, &paint(style::WARN, text));
        } else {
            self.note(text);
        }
    }

    /// As [`note`](Self::note), only when more was asked for.
    pub fn detail(&self, text: impl Display) {
        if self.verbose {
            let text = hide_kept(&text.to_string());
            let _ = self.write(Stream::Err, &paint(style::DIM, text));
        }
    }

    /// Shows a person what will happen and asks. Without a terminal an answer is read from
    /// standard input; without any, nobody has agreed.
    ///
    /// # Errors
    /// `Cancelled` for every answer but yes; `Unconfirmed` if there is none.
    pub fn ask(&self, what: &str, question: &str) -> Result<()> {
        if self.yes {
            return Ok(());
        }
        let (sits, seen) = (io::stdin().is_terminal(), io::stderr().is_terminal());
        if sits && !seen {
            return Err(CliError::Unconfirmed);
        }
        if sits || self.for_people() {
            let mut stderr = self.stream(Stream::Err);
            let what = terminal(what);
            let asked = write!(stderr, "{what}{question} {} ", paint(style::DIM, "[y/N]"));
            let asked = asked.and_then(|()| stderr.flush());
            if sits && asked.is_err() {
                return Err(CliError::Unconfirmed);
            }
        }
        let mut answer = String::new();
        let read = io::stdin().lock().read_line(&mut answer);
        if !sits && self.for_people() {
            self.write(Stream::Err, "")?;
        }
        match (read, answer.trim()) {
            (Ok(1..), "y" | "Y" | "yes" | "Yes" | "YES") => Ok(()),
            (Ok(1..), _) => Err(CliError::Cancelled),
            _ if sits => Err(CliError::Cancelled),
            _ => Err(CliError::Unconfirmed),
        }
    }

    /// The same for who has agreed to everything.
    pub fn agreeing(self) -> Self {
        Output { yes: true, ..self }
    }

    /// Whether somebody sits at a terminal and wants to be asked.
    fn can_ask(&self) -> bool {
        !self.yes && io::stdin().is_terminal() && io::stderr().is_terminal()
    }

    /// Asks a person for a value until it is one; `None` if they answer nothing, or nobody
    /// can be asked.
    pub fn question<T>(&self, what: &str, question: &str) -> Result<Option<T>>
    where
        T: FromStr,
        T::Err: Display,
    {
        if !self.can_ask() {
            return Ok(None);
        }
        let mut stderr = self.stream(Stream::Err);
        let mut what = what.to_string();
        loop {
            if !what.is_empty() {
                what.push('\n');
            }
            let asked = write!(stderr, "{}{question} ", terminal(&what));
            let mut answer = String::new();
            let read = asked
                .and_then(|()| stderr.flush())
                .and_then(|()| io::stdin().lock().read_line(&mut answer));
            let answer = match read {
                Ok(1..) => answer.trim(),
                _ => return Err(CliError::Cancelled),
            };
            if answer.is_empty() {
                return Ok(None);
            }
            match answer.parse() {
                Ok(value) => return Ok(Some(value)),
                Err(error) => what = error.to_string(),
            }
        }
    }

    /// Progress over so many steps; a spinner for one.
    pub fn progress(&self, steps: usize) -> Progress {
        if self.quiet || !self.for_people() || !io::stderr().is_terminal() {
            return Progress(ProgressBar::hidden());
        }
        let bar = ProgressBar::with_draw_target(
            Some(u64::try_from(steps).unwrap_or(u64::MAX)),
            ProgressDrawTarget::stderr(),
        );
        let template = if steps > 1 {
            "{spinner} [{bar:30}] {pos}/{len} {msg} {elapsed}"
        } else {
            "{spinner} {msg}"
        };
        if let Ok(template) = ProgressStyle::with_template(template) {
            bar.set_style(template.progress_chars("=> "));
        }
        bar.enable_steady_tick(Duration::from_millis(100));
        Progress(bar)
    }

    fn stream(&self, stream: Stream) -> Box<dyn Write> {
        let plain = (!self.color).then_some(ColorChoice::Never);
        match stream {
            Stream::Out => {
                let stdout = io::stdout();
                let choice = plain.unwrap_or_else(|| AutoStream::choice(&stdout));
                Box::new(AutoStream::new(stdout, choice))
            }
            Stream::Err => {
                let stderr = io::stderr();
                let choice = plain.unwrap_or_else(|| AutoStream::choice(&stderr));
                Box::new(AutoStream::new(stderr, choice))
            }
        }
    }

    fn write(&self, stream: Stream, text: &str) -> Result<()> {
        self.put(stream, text).map(drop)
    }

    /// Returns whether somebody still reads.
    fn put(&self, stream: Stream, text: &str) -> Result<bool> {
        let mut stream = self.stream(stream);
        // Whatever a node or a foreign mint says, the terminal is ours.
        match writeln!(stream, "{}", terminal(text)).and_then(|()| stream.flush()) {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(CliError::Other(
                format!("the result cannot be written: {error}"),
            )),
            // Whoever closed the pipe has read enough.
            Err(_) => Ok(false),
            Ok(()) => Ok(true),
        }
    }
}

#[derive(Clone, Copy)]
enum Stream {
    Out,
    Err,
}

/// A bar or a spinner on standard error; it vanishes when dropped.
pub struct Progress(ProgressBar);

impl Progress {
    /// What is under way.
    pub fn doing(&self, what: impl AsRef<str>) {
        self.0.set_message(visible(what.as_ref()));
    }

    /// One step further.
    pub fn step(&self) {
        self.0.inc(1);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
