import picomatch from 'picomatch';

/** Extended globs can take exponential time; a workspace that nobody trusts yet may hold anything. */
const OPTIONS: picomatch.PicomatchOptions = { dot: true, noextglob: true, nonegate: true, windows: false };

const compiled = new Map<string, (text: string) => boolean>();

/** Whether a whole text fits a glob; `*` does not go past a `/`. A glob that cannot be read fits nothing. */
export function matchesGlob(glob: string, text: string): boolean {
  let test = compiled.get(glob);
  if (!test) {
    test = compile(glob);
    compiled.set(glob, test);
  }
  return test(text);
}

/** Whether a path below a folder fits one of the folder's globs, or lies in a folder that does. */
export function matchesPath(globs: readonly string[], path: string): boolean {
  return globs.some((glob) => {
    const plain = glob.replace(/^\.\//, '').replace(/\/+$/, '');
    return plain === '.' || matchesGlob(plain, path) || matchesGlob(`${plain}/**`, path);
  });
}

/** Whether one of several globs fits. */
export function matchesAny(globs: readonly string[], text: string): boolean {
  return globs.some((glob) => matchesGlob(glob, text));
}

function compile(glob: string): (text: string) => boolean {
  if (glob === '') return () => false;
  const test = picomatch(glob, OPTIONS);
  return (text) => test(text);
}
