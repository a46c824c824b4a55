import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { controlGroups } from '../processes/controlGroups.ts';
import { runProgram } from '../processes/runProgram.ts';
import { describeMissingPackages, engineRequirements, missingPackages } from '../tools/systemPackages.ts';
import { engineTools, missingForBuild } from '../tools/tools.ts';

/** One line that says why no Docker engine of our own can run on this machine, or `undefined`. */
export async function checkEngine(): Promise<string | undefined> {
  return checkIsolation() ?? checkPackages() ?? missingForBuild(engineTools) ?? (await tryNamespaces());
}

/** What can be known without trying. */
function checkIsolation(): string | undefined {
  if (process.platform !== 'linux') return 'it needs Linux';
  if (process.getuid?.() !== 0) return 'it needs root';
  if (!/\boverlay\b/.test(readFileSync('/proc/filesystems', 'utf8'))) return 'the kernel has no overlay file system';
  return undefined;
}

function checkPackages(): string | undefined {
  const missing = missingPackages(engineRequirements);
  return missing.length === 0 ? undefined : describeMissingPackages(missing);
}

/** Containers without the rights for it refuse new namespaces, mounts or control groups; only a trial tells. */
async function tryNamespaces(): Promise<string | undefined> {
  const probe = `slipway-probe-${randomUUID()}`;
  const groups = controlGroups(probe);
  const trials = [
    ['control groups are not writable', `${groups.create}\n${groups.remove}`],
    [
      'new namespaces are refused',
      'unshare --mount --pid --ipc --uts --cgroup --fork --mount-proc mount -t tmpfs t /mnt',
    ],
    [
      'network bridges are refused',
      'unshare --net sh -ec "ip link add name probe type bridge; ip link add name p0 type veth peer name p1"',
    ],
  ] as const;
  for (const [obstacle, script] of trials) {
    try {
      await runProgram('sh', ['-e'], { input: script });
    } catch (error) {
      await runProgram('sh', [], { input: groups.remove });
      return `${obstacle} (${(error as Error).message.split('\n').at(-1)})`;
    }
  }
  return undefined;
}
