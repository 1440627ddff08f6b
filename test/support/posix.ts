/** Whether signals can be caught, files have modes and a script is a program: not on Windows. */
export const posix = process.platform !== 'win32';
