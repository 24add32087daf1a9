use {
    clap::{
        Arg, Command,
        builder::{StringValueParser, TypedValueParser},
        error::ErrorKind,
    },
    std::ffi::OsStr,
    upside_sdk::text::first_hidden,
};

/// Takes a text of so many bytes at most. A longer one is reported by its length: nobody
/// wants to read ten thousand characters again.
#[derive(Clone, Copy)]
pub struct Text {
    most: usize,
}

/// A text of at most `most` bytes, which is what accounts have room for.
pub fn text(most: usize) -> Text {
    Text { most }
}

impl TypedValueParser for Text {
    type Value = String;

    fn parse_ref(
        &self,
        command: &Command,
        arg: Option<&Arg>,
        value: &OsStr,
    ) -> Result<String, clap::Error> {
        let text = StringValueParser::new().parse_ref(command, arg, value)?;
        let what = arg.map_or("text".to_string(), ToString::to_string);
        let message = match first_hidden(&text) {
            _ if text.len() > self.most => format!(
                "{what} has {} bytes, and at most {} fit\n",
                text.len(),
                self.most
            ),
            Some((before, c)) => format!(
                "{what} has U+{:04X} as character {}, which nobody sees where it stands: take it \
                 out\n",
                u32::from(c),
                before + 1
            ),
            None => return Ok(text),
        };
        Err(clap::Error::raw(ErrorKind::ValueValidation, message).with_cmd(command))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(given: &str) -> Result<String, String> {
        let command = Command::new("upside").arg(Arg::new("name").value_parser(text(4)));
        let matches = command.try_get_matches_from(["upside", given]);
        let matches = matches.map_err(|error| error.to_string())?;
        Ok(matches.get_one::<String>("name").unwrap().clone())
    }

    #[test]
    fn a_text_is_as_long_as_its_bytes() {
        assert_eq!(parse("Ada!"), Ok("Ada!".into()));
        assert_eq!(parse("éé"), Ok("éé".into()));
        let refused = parse("ééé").unwrap_err();
        assert!(
            refused.contains("[name] has 6 bytes, and at most 4 fit"),
            "{refused}"
        );
        assert!(!refused.contains("ééé"), "{refused}");
        let refused = parse("A\u{200b}").unwrap_err();
        assert!(refused.contains("U+200B as character 2"), "{refused}");
    }
}
