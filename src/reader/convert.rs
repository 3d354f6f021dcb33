//! What no reader reads, turned into DOCX by an office program, where the operator has named one: a process with
//! a time limit, in a directory of its own with a profile of its own, both of which are removed.

use std::fs::{self, DirBuilder};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use super::{LIMIT, worker};
use crate::document::{Format, Refusal};
use crate::text::Wording;

/// How long the program has for one file. It may have to set up its profile first.
const TIME: Duration = Duration::from_secs(60);

/// How often to see whether it is done.
const LOOK: Duration = Duration::from_millis(50);

/// A profile in which nothing is fetched, followed or run.
const PROFILE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link"><value>2</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks"><value>true</value></prop></item>
</oor:items>
"#;

/// Whether an office program may open what was refused: a document in an old binary format, without a password.
pub(super) fn may_help(refusal: &Refusal) -> bool {
    refusal.format == Some(Format::Doc) && !refusal.reason.zh.contains("密码")
}

/// The refusal with the advice to name an office program.
pub(super) fn advise(refusal: Refusal) -> Refusal {
    let advice = Wording::new(
        "若已安装 LibreOffice，可在 nianshen.toml 的 [convert] 中设置 office",
        "with LibreOffice installed, office can be set under [convert] in nianshen.toml",
    );
    add(refusal, &advice)
}

/// The refusal with something more to say.
pub(super) fn add(refusal: Refusal, more: &Wording) -> Refusal {
    let Wording { zh, en } = refusal.reason;
    Refusal { reason: Wording::new(format!("{zh}；{}", more.zh), format!("{en}; {}", more.en)), ..refusal }
}

/// The document `bytes` as DOCX, made by the program `office`.
///
/// # Errors
/// Why there is none.
pub(super) fn to_docx(office: &Path, bytes: &[u8]) -> Result<Vec<u8>, Wording> {
    let failed = |error: io::Error| {
        Wording::new(format!("转换程序不可用：{error}"), format!("the converter cannot be used: {error}"))
    };
    let directory = Directory::new().map_err(failed)?;
    match run(office, bytes, &directory.0) {
        Ok(Some(docx)) => Ok(docx),
        Ok(None) => Err(Wording::new("转换程序也没能打开它", "the converter could not open it either")),
        Err(error) if error.kind() == io::ErrorKind::TimedOut => {
            let seconds = TIME.as_secs();
            Err(Wording::new(
                format!("转换超过 {seconds} 秒，已中止"),
                format!("the conversion took more than {seconds} seconds and was stopped"),
            ))
        }
        Err(error) => Err(failed(error)),
    }
}

fn run(office: &Path, bytes: &[u8], directory: &Path) -> io::Result<Option<Vec<u8>>> {
    let (given, profile, made) = (directory.join("report.doc"), directory.join("profile"), directory.join("made"));
    fs::write(&given, bytes)?;
    fs::create_dir_all(profile.join("user"))?;
    fs::write(profile.join("user/registrymodifications.xcu"), PROFILE)?;
    let mut command = Command::new(office);
    command
        .arg(format!("-env:UserInstallation=file://{}", profile.display()))
        .args(["--headless", "--norestore", "--nolockcheck", "--nodefault", "--convert-to", "docx", "--outdir"])
        .args([&made, &given])
        .current_dir(directory)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    #[cfg(unix)]
    {
        use std::os::unix::process::CommandExt as _;
        let path = std::env::var_os("PATH").unwrap_or_default();
        command.env_clear().env("PATH", path).env("HOME", directory).env("LC_ALL", "C.UTF-8").process_group(0);
    }
    // Whatever would still be fetched is asked of a port where nobody answers.
    for proxy in ["http_proxy", "https_proxy", "ftp_proxy", "all_proxy"] {
        command.env(proxy, "http://127.0.0.1:9");
    }
    let mut child = command.spawn()?;
    let began = Instant::now();
    while child.try_wait()?.is_none() {
        if began.elapsed() > TIME {
            worker::kill(&mut child);
            child.wait()?;
            return Err(io::ErrorKind::TimedOut.into());
        }
        std::thread::sleep(LOOK);
    }
    let Ok(file) = fs::File::open(made.join("report.docx")) else { return Ok(None) };
    let mut docx = Vec::new();
    file.take(LIMIT + 1).read_to_end(&mut docx)?;
    Ok((docx.len() as u64 <= LIMIT).then_some(docx))
}

/// A directory that nobody else can look into, and that is removed in the end.
struct Directory(PathBuf);

impl Directory {
    fn new() -> io::Result<Self> {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("nianshen-{}-{number}", std::process::id()));
        let mut builder = DirBuilder::new();
        #[cfg(unix)]
        {
            use std::os::unix::fs::DirBuilderExt as _;
            builder.mode(0o700);
        }
        // What lies there already belongs to somebody else.
        builder.create(&path)?;
        Ok(Self(path))
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_dir_all(&self.0) {
            tracing::warn!(%error, "the directory of a conversion stays");
        }
    }
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    /// A program that does this with what it is given: `$out` is the directory for its result.
    fn program(directory: &Path, script: &str) -> PathBuf {
        let path = directory.join("office");
        let text = format!(
            "#!/bin/sh\nfor last; do before=$out; out=$given; given=$last; done\nmkdir -p \"$out\"\n{script}\n"
        );
        fs::write(&path, text).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        path
    }

    #[test]
    fn the_result_is_taken_and_nothing_stays() {
        let directory = Directory::new().unwrap();
        let office = program(&directory.0, "cat \"$given\" > \"$out/report.docx\"; pwd > \"${0%/*}/where\"");
        assert_eq!(to_docx(&office, b"content").unwrap(), b"content");
        let place = fs::read_to_string(directory.0.join("where")).unwrap();
        assert!(place.contains("nianshen-") && !Path::new(place.trim()).exists(), "{place}");
        let office = program(&directory.0, "exit 1");
        assert!(to_docx(&office, b"content").unwrap_err().en.contains("could not open it"));
        assert!(to_docx(Path::new("/nowhere"), b"").unwrap_err().en.contains("cannot be used"));
    }
}
