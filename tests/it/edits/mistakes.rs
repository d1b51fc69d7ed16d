//! Edits by mistake, and edits that undo them.

use super::World;
use super::records::any_record;

pub(super) fn break_front_matter(world: &mut World) {
    let path = if world.chance.once_in(3) { any_record(world).2 } else { world.statement().unwrap_or_default() };
    let Some(bytes) = world.files.get(&path).cloned() else { return };
    let text = String::from_utf8_lossy(&bytes).into_owned();
    world.broken.push((path.clone(), bytes));
    let broken = match world.chance.below(7) {
        0 => text.replacen("---\n", "", 1),
        1 => text.replacen("\n---\n", "\n", 1),
        2 => text.replacen("title:", "title: [", 1),
        3 => text.replacen("title:", "title: a\ntitle:", 1),
        4 => text.replacen("title:", "titel:", 1),
        5 => String::new(),
        _ => text.replacen("---\n", "---\ndate: yesterday\n", 1),
    };
    world.write(&path, broken);
    if world.chance.once_in(7) {
        world.files.insert(path, b"---\ntitle: \xff\n---\n".to_vec());
    }
}

pub(super) fn mend(world: &mut World) {
    if world.broken.is_empty() {
        return;
    }
    let at = world.chance.below(world.broken.len());
    let (path, bytes) = world.broken.remove(at);
    world.reported.push_str(&format!("mend {path}; "));
    world.files.insert(path, bytes);
}

/// Restores one file, or all of them, to the state some edits ago.
pub(super) fn undo(world: &mut World) {
    if world.chance.once_in(6) {
        world.reported.push_str("everything; ");
        world.files = world.earlier.clone();
        return;
    }
    let paths: Vec<String> =
        world.earlier.keys().filter(|path| world.files.get(*path) != world.earlier.get(*path)).cloned().collect();
    if !paths.is_empty() {
        let path = world.chance.pick(&paths).clone();
        world.reported.push_str(&format!("{path}; "));
        let bytes = world.earlier[&path].clone();
        world.files.insert(path, bytes);
    }
}
