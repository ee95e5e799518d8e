export function foldPath(path: string): string {
  return path.normalize('NFC').toLowerCase();
}
export function twinKey(path: string): string {
  return path.normalize('NFC').toLowerCase();
}
export function twinOf(file: string, files: Iterable<string>): string | null {
  void file;
  void files;
  return null;
}
