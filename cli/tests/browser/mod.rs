//! A headless browser, spoken to over two pipes: no port is opened.

use {
    base64::{Engine, prelude::BASE64_STANDARD},
    serde_json::{Value, json},
    std::{
        fs::{File, OpenOptions},
        io::{BufRead, BufReader, Write},
        path::Path,
        process::{Child, Command, Stdio},
        sync::mpsc::{Receiver, channel},
        thread,
        time::Duration,
    },
    tempfile::TempDir,
};

const NAMES: [&str; 4] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
];
const PATIENCE: Duration = Duration::from_secs(90);

/// A running browser with one page.
pub struct Browser {
    child: Child,
    commands: File,
    answers: Receiver<Value>,
    session: String,
    sent: u64,
    /// Addresses that the page asked for.
    pub requests: Vec<String>,
    /// What the page had to say.
    pub complaints: Vec<String>,
    _profile: TempDir,
}

/// What a screen is like.
#[derive(Clone, Copy)]
pub struct Screen {
    pub width: u32,
    pub height: u32,
    pub dark: bool,
}

/// The browser of this machine, or why there is none.
fn installed() -> Result<&'static str, String> {
    let runs = |name: &&&str| {
        let run = Command::new(name)
            .arg("--version")
            .stderr(Stdio::null())
            .output();
        run.is_ok_and(|output| output.status.success())
    };
    let found = NAMES.iter().find(runs).copied();
    found.ok_or_else(|| format!("none of {} is installed", NAMES.join(", ")))
}

impl Browser {
    /// Starts it, or says why it cannot.
    pub fn start() -> Result<Browser, String> {
        let name = installed()?;
        let profile = tempfile::tempdir().unwrap();
        let (to, from) = (profile.path().join("to"), profile.path().join("from"));
        let made = Command::new("mkfifo").args([&to, &from]).status();
        if !made.is_ok_and(|status| status.success()) {
            return Err("there is no mkfifo".to_string());
        }
        let flags = "--headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage \
                     --disable-background-networking --disable-extensions --no-first-run \
                     --hide-scrollbars --remote-debugging-pipe";
        let line = format!("exec {name} {flags} --user-data-dir=\"$1\" 3<\"$2\" 4>\"$3\"");
        let child = Command::new("sh")
            .args(["-c", &line, "sh"])
            .args([&profile.path().join("profile"), &to, &from])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let commands = OpenOptions::new().write(true).open(to).unwrap();
        let mut pipe = BufReader::new(File::open(from).unwrap());
        let (tell, answers) = channel();
        thread::spawn(move || {
            let mut message = Vec::new();
            while pipe.read_until(0, &mut message).is_ok_and(|read| read > 0) {
                message.pop();
                if let Ok(value) = serde_json::from_slice(&message)
                    && tell.send(value).is_err()
                {
                    break;
                }
                message.clear();
            }
        });
        let mut browser = Browser {
            child,
            commands,
            answers,
            session: String::new(),
            sent: 0,
            requests: Vec::new(),
            complaints: Vec::new(),
            _profile: profile,
        };
        let page = browser.call("Target.createTarget", json!({"url": "about:blank"}));
        let to = json!({"targetId": page["targetId"], "flatten": true});
        let session = browser.call("Target.attachToTarget", to);
        browser.session = session["sessionId"].as_str().unwrap().to_string();
        for part in ["Page", "Network", "Runtime", "Log"] {
            browser.call(&format!("{part}.enable"), json!({}));
        }
        Ok(browser)
    }

    fn call(&mut self, method: &str, params: Value) -> Value {
        self.sent += 1;
        let mut message = json!({"id": self.sent, "method": method, "params": params});
        if !self.session.is_empty() {
            message["sessionId"] = json!(self.session);
        }
        let mut bytes = message.to_string().into_bytes();
        bytes.push(0);
        self.commands.write_all(&bytes).unwrap();
        loop {
            let answer = self.next();
            if answer["id"] == self.sent {
                assert!(answer.get("error").is_none(), "{method}: {answer}");
                return answer["result"].clone();
            }
        }
    }

    /// The next message; what the page asks for is noted.
    fn next(&mut self) -> Value {
        let answer = self.answers.recv_timeout(PATIENCE);
        let answer = answer.expect("the browser does not answer");
        let params = &answer["params"];
        match answer["method"].as_str() {
            Some("Network.requestWillBeSent") => {
                let url = params["request"]["url"].as_str().unwrap();
                self.requests.push(url.to_string());
            }
            Some("Log.entryAdded" | "Runtime.exceptionThrown" | "Runtime.consoleAPICalled") => {
                self.complaints.push(params.to_string());
            }
            _ => {}
        }
        answer
    }

    /// Opens a file on a screen.
    pub fn open(&mut self, file: &Path, screen: Screen) {
        let Screen {
            width,
            height,
            dark,
        } = screen;
        let metrics = json!({"width": width, "height": height, "deviceScaleFactor": 1,
            "mobile": width < 640});
        self.call("Emulation.setDeviceMetricsOverride", metrics);
        let scheme = if dark { "dark" } else { "light" };
        let features = json!({"features": [{"name": "prefers-color-scheme", "value": scheme}]});
        self.call("Emulation.setEmulatedMedia", features);
        let url = format!("file://{}", file.display());
        self.call("Page.navigate", json!({ "url": url }));
        while self.next()["method"] != "Page.loadEventFired" {}
    }

    /// The value of an expression in the page.
    pub fn value(&mut self, expression: &str) -> Value {
        let params = json!({"expression": expression, "returnByValue": true});
        let answer = self.call("Runtime.evaluate", params);
        assert!(
            answer.get("exceptionDetails").is_none(),
            "{expression}: {answer}"
        );
        answer["result"]["value"].clone()
    }

    /// The whole page, or its top, as PNG.
    pub fn picture(&mut self, whole: bool) -> Vec<u8> {
        let params = json!({"format": "png", "captureBeyondViewport": whole});
        let answer = self.call("Page.captureScreenshot", params);
        BASE64_STANDARD
            .decode(answer["data"].as_str().unwrap())
            .unwrap()
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
