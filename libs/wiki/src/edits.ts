export function editUnique(text: string, oldString: string, newString: string): string {
  return text.replace(oldString, () => newString);
}
export function appendText(text: string, addition: string): string {
  return text + addition;
}
