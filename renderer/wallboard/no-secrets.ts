/** A text for a screen that anybody may read: of an e-mail address only its first letter and its domain. */
export function forEveryone(text: string): string {
  return text.replaceAll(/([^\s@])[^\s@]*@(?=[^\s@])/g, '$1•••@');
}
