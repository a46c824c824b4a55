import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A folder for the files of one test. */
export interface TestFolder {
  readonly path: string;
  /** Writes a file and the folders above it; gives its path. */
  write(name: string, text: string, mode?: number): string;
  /** Writes a kubeconfig whose context, cluster and user have this name; gives its path. */
  kubeconfig(name: string, user: object, server?: string): string;
}

/** Call it inside of a suite: each of the suite's tests finds a folder of its own, which is gone afterwards. */
export function testFolder(): TestFolder {
  let path = '';
  beforeEach(() => {
    path = mkdtempSync(join(tmpdir(), 'slipway-files-'));
  });
  afterEach(() => rmSync(path, { recursive: true }));
  const write = (name: string, text: string, mode = 0o600): string => {
    const file = join(path, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text, { mode });
    return file;
  };
  return {
    get path() {
      return path;
    },
    write,
    kubeconfig: (name, user, server = 'https://one.example:6443') =>
      write(
        `${name}.yaml`,
        JSON.stringify({
          apiVersion: 'v1',
          kind: 'Config',
          'current-context': name,
          clusters: [{ name: `${name}-cluster`, cluster: { server } }],
          users: [{ name: `${name}-user`, user }],
          contexts: [{ name, context: { cluster: `${name}-cluster`, user: `${name}-user`, namespace: 'shop' } }],
        }),
      ),
  };
}
