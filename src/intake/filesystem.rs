//! On what kind of file system a directory lies: where others write over a network, the system says nothing of it.

use std::path::Path;

/// The numbers that Linux gives to file systems whose files change without its knowledge, and their names.
#[cfg(any(target_os = "linux", target_os = "android"))]
const SHARED: [(u32, &str); 18] = [
    (0x0000_6969, "NFS"),
    (0x0000_517b, "SMB"),
    (0xff53_4d42, "CIFS"),
    (0xfe53_4d42, "SMB2"),
    (0x0102_1997, "9p"),
    (0x786f_4256, "vboxsf"),
    (0xbacb_acbc, "vmhgfs"),
    (0x7c7c_6673, "prl_fs"),
    (0x00c3_6400, "Ceph"),
    (0x0bd0_0bd0, "Lustre"),
    (0x4750_4653, "GPFS"),
    (0x5346_414f, "AFS"),
    (0x6b41_4653, "AFS"),
    (0x7375_7245, "Coda"),
    (0x0000_564c, "NCP"),
    (0x0116_1970, "GFS2"),
    (0x7461_636f, "OCFS2"),
    (0x1983_0326, "BeeGFS"),
];

/// The number of file systems that a program provides: sshfs, cloud drives, but also NTFS on a local disk.
#[cfg(any(target_os = "linux", target_os = "android"))]
const FUSE: u32 = 0x6573_5546;

/// The name of the file system on which `directory` lies, if what others write there may go unnoticed.
#[cfg(any(target_os = "linux", target_os = "android"))]
pub(super) fn shared(directory: &Path) -> Option<String> {
    use std::os::unix::fs::MetadataExt as _;

    let number = rustix::fs::statfs(directory).ok()?.f_type;
    let device = || {
        let device = std::fs::metadata(directory).ok()?.dev();
        let mounts = std::fs::read_to_string("/proc/self/mountinfo").ok()?;
        kind_of_mount(&mounts, rustix::fs::major(device), rustix::fs::minor(device)).map(str::to_owned)
    };
    // The width of the number differs from machine to machine; only its lower 32 bits are ever used.
    #[allow(clippy::unnecessary_cast, clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    shared_kind(number as u32, device)
}

/// Elsewhere nothing is known of it.
#[cfg(not(any(target_os = "linux", target_os = "android")))]
pub(super) fn shared(_: &Path) -> Option<String> {
    None
}

#[cfg(any(target_os = "linux", target_os = "android"))]
fn shared_kind(number: u32, kind_of_mount: impl Fn() -> Option<String>) -> Option<String> {
    if number == FUSE {
        let kind = kind_of_mount().unwrap_or_else(|| "FUSE".to_owned());
        // A disk of this machine: its changes are made here.
        let is_disk = kind == "fuseblk";
        return (!is_disk).then(|| kind.strip_prefix("fuse.").unwrap_or(&kind).to_owned());
    }
    SHARED.iter().find(|&&(shared, _)| shared == number).map(|&(_, name)| name.to_owned())
}

/// The kind of the mount of a device, from the system's list of mounts.
#[cfg(any(target_os = "linux", target_os = "android"))]
fn kind_of_mount(mounts: &str, major: u32, minor: u32) -> Option<&str> {
    let device = format!("{major}:{minor}");
    let line = mounts.lines().find(|line| line.split(' ').nth(2) == Some(&device))?;
    line.split_once(" - ")?.1.split(' ').next()
}

#[cfg(all(test, any(target_os = "linux", target_os = "android")))]
mod tests {
    use super::*;

    #[test]
    fn shared_file_systems_are_known_by_their_numbers() {
        let cases = [
            (0x6969, None, Some("NFS")),
            (0xff53_4d42, None, Some("CIFS")),
            (0xfe53_4d42, None, Some("SMB2")),
            (0x0102_1997, None, Some("9p")),
            (0x786f_4256, None, Some("vboxsf")),
            (FUSE, Some("fuse.sshfs"), Some("sshfs")),
            (FUSE, Some("virtiofs"), Some("virtiofs")),
            (FUSE, None, Some("FUSE")),
            (FUSE, Some("fuseblk"), None),
            (0xef53, None, None),
            (0x0102_1994, None, None),
            (0x794c_7630, None, None),
        ];
        for (number, mount, expected) in cases {
            let kind = shared_kind(number, || mount.map(str::to_owned));
            assert_eq!(kind.as_deref(), expected, "{number:#x} {mount:?}");
        }
    }

    #[test]
    fn the_kind_of_a_mount_is_found_by_its_device() {
        let mounts = "25 1 254:0 / / rw,relatime - ext4 /dev/vda rw\n\
                      61 25 0:52 / /srv/收件 rw,nosuid shared:7 master:2 - fuse.sshfs office@host:/ rw\n";
        assert_eq!(kind_of_mount(mounts, 0, 52), Some("fuse.sshfs"));
        assert_eq!(kind_of_mount(mounts, 254, 0), Some("ext4"));
        assert_eq!(kind_of_mount(mounts, 0, 5), None);
    }

    #[test]
    fn a_directory_that_is_not_there_is_not_shared() {
        assert_eq!(shared(Path::new("/nowhere/to/be/found")), None);
    }
}
