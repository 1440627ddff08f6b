/** Signs of text, or of a picture's base64, that `files.save` takes at most. */
export const maxSavedContent = 20_000_000;
