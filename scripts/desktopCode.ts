import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * The command of a desktop VS Code on the PATH, if there is one that can load an extension from its sources. In a terminal
 * of a remote window, a container or WSL the command of that name only passes files on to a window elsewhere, so it
 * does not count.
 */
export function findDesktopCode(
  environment: NodeJS.ProcessEnv = process.env,
  platform: string = process.platform,
): string | undefined {
  if (environment['VSCODE_IPC_HOOK_CLI'] || environment['WSL_DISTRO_NAME']) return undefined;
  if (platform === 'linux' && !environment['DISPLAY'] && !environment['WAYLAND_DISPLAY']) return undefined;
  const name = platform === 'win32' ? 'code.cmd' : 'code';
  for (const folder of (environment['PATH'] ?? environment['Path'] ?? '').split(delimiter)) {
    if (folder && isExecutable(join(folder, name))) return join(folder, name);
  }
  return undefined;
}

/** The arguments that open `folder` and `file` in a window of its own profile, with the extension at `root`. */
export function desktopCodeArguments(contents: {
  readonly root: string;
  readonly profileFolder: string;
  readonly folder: string;
  readonly file: string | undefined;
}): readonly string[] {
  const { root, profileFolder, folder, file } = contents;
  return [
    `--extensionDevelopmentPath=${root}`,
    ...['--user-data-dir', join(profileFolder, 'desktop')],
    ...['--extensions-dir', join(profileFolder, 'desktop', 'extensions')],
    // The command returns when the window is closed, and closing the command leaves the window alone.
    '--wait',
    '--new-window',
    folder,
    ...(file ? [file] : []),
  ];
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    // Absent or not ours to run: the search goes on.
    return false;
  }
}
