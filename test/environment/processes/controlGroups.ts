import { existsSync, readFileSync } from 'node:fs';
import { shellCommand } from './stateFolder.ts';

/** The control groups of one isolated set of processes: shell lines for the four moments at which they are touched. */
export interface ControlGroups {
  /** Run outside, once: creates the groups. */
  readonly create: string;
  /** Run outside, by the first process before it unshares its namespaces: what it is in becomes their root. */
  readonly enterFirst: string;
  /** Run outside, by each later process before it joins the namespaces. */
  readonly enter: string;
  /** Run inside by the first process: mounts what it may see, and nothing else, on /sys/fs/cgroup. */
  readonly mount: string;
  /** Run outside at the end: removes the empty groups. */
  readonly remove: string;
}

const mountPoint = '/sys/fs/cgroup';

/** The control groups called `id`, in whichever version this machine has. */
export function controlGroups(id: string): ControlGroups {
  if (hasUnifiedHierarchy()) return unifiedGroups(id);
  return separateGroups(id, parseHierarchies(readFileSync('/proc/self/cgroup', 'utf8')));
}

/** Whether /sys/fs/cgroup is version 2 alone. A machine with both serves its controllers by version 1. */
export function hasUnifiedHierarchy(): boolean {
  return existsSync(`${mountPoint}/cgroup.controllers`);
}

/** The hierarchies of version 1 in the text of /proc/self/cgroup: `cpu,cpuacct`, `memory`, `name=systemd` and so on. */
export function parseHierarchies(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.split(':')[1] ?? '')
    .filter((controllers) => controllers !== '');
}

/** Version 1: one tree of groups for each hierarchy. */
export function separateGroups(id: string, hierarchies: readonly string[]): ControlGroups {
  const folder = (hierarchy: string) => `${mountPoint}/${hierarchy.replace(/^name=/, '')}`;
  const enter = hierarchies.map((hierarchy) => `echo $$ > '${folder(hierarchy)}/${id}/cgroup.procs'`).join('\n');
  const create = hierarchies.flatMap((hierarchy) => {
    const lines = [`mkdir '${folder(hierarchy)}/${id}'`];
    if (!hierarchy.split(',').includes('cpuset')) return lines;
    // A new cpuset is empty and takes no process before it has processors and memory.
    for (const file of ['cpuset.cpus', 'cpuset.mems']) {
      lines.push(`cat '${folder(hierarchy)}/${file}' > '${folder(hierarchy)}/${id}/${file}'`);
    }
    return lines;
  });
  const mount = hierarchies.flatMap((hierarchy) => {
    const name = folder(hierarchy);
    const options = hierarchy.startsWith('name=') ? `none,${hierarchy}` : hierarchy;
    const aliases = hierarchy.includes(',') ? hierarchy.split(',') : [];
    return [
      `mkdir '${name}'`,
      `mount -t cgroup -o '${options}' cgroup '${name}'`,
      ...aliases.map((alias) => `ln -s '${hierarchy}' '${mountPoint}/${alias}'`),
    ];
  });
  return {
    create: create.join('\n'),
    enterFirst: enter,
    enter,
    mount: [
      `umount -R ${mountPoint}/* 2>/dev/null`,
      `umount ${mountPoint} 2>/dev/null`,
      `mount -t tmpfs tmpfs ${mountPoint}`,
      ...mount,
    ].join('\n'),
    remove: removal(hierarchies.map((hierarchy) => `${folder(hierarchy)}/${id}`)),
  };
}

/**
 * Version 2: one tree. A group whose controllers are on for its children may not hold processes itself,
 * so everything lives in a child called `init`. This branch has not been run on such a machine yet.
 */
export function unifiedGroups(id: string): ControlGroups {
  const group = `${mountPoint}/${id}`;
  // Each on its own: one controller that is missing must not cost the others.
  const enable = (folder: string) =>
    `for controller in cpu cpuset io memory pids hugetlb; do echo +$controller > '${folder}/cgroup.subtree_control'; done 2>/dev/null`;
  return {
    create: [enable(mountPoint), `mkdir '${group}' '${group}/init'`].join('\n'),
    enterFirst: `echo $$ > '${group}/cgroup.procs'`,
    enter: `echo $$ > '${group}/init/cgroup.procs'`,
    mount: [
      `umount -R ${mountPoint}`,
      `mount -t cgroup2 cgroup2 ${mountPoint}`,
      `echo $$ > ${mountPoint}/init/cgroup.procs`,
      enable(mountPoint),
    ].join('\n'),
    remove: removal([group]),
  };
}

/** Processes that have just been killed leave their groups a moment later. */
function removal(folders: readonly string[]): string {
  const words = shellCommand(folders);
  return (
    `for attempt in $(seq 50); do left=; for folder in ${words}; do ` +
    'if [ -d "$folder" ]; then find "$folder" -depth -type d -exec rmdir {} \\; 2>/dev/null; [ -d "$folder" ] && left=1; fi; ' +
    'done; [ -z "$left" ] && break; sleep 0.1; done'
  );
}
