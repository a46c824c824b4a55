import type { DockerfileFlag, DockerfileInstruction } from '../../../server/src/languages/dockerfile/dockerfileFile.ts';
import { parseDockerfile } from '../../../server/src/languages/dockerfile/parseDockerfile.ts';
import { SourceText } from '../../../server/src/text/sourceText.ts';

/** A secret or an SSH connection that a Dockerfile wants to be given, by its id. */
export interface BuildMount {
  readonly kind: 'secret' | 'ssh';
  readonly id: string;
  /** The build fails without it. */
  readonly isRequired: boolean;
}

/**
 * What a build of a Dockerfile must be given by the person: the secrets and SSH connections of its `RUN --mount`, and the
 * connection of an `ADD` from a Git repository by SSH. Each is named once. Ids with variables are left out: only the build
 * knows them.
 */
export function buildMounts(dockerfile: string): readonly BuildMount[] {
  const found = new Map<string, BuildMount>();
  const wanted = parseDockerfile(new SourceText('', dockerfile)).instructions.flatMap(mountsOf);
  for (const mount of wanted) {
    const key = `${mount.kind} ${mount.id}`;
    found.set(key, { ...mount, isRequired: mount.isRequired || (found.get(key)?.isRequired ?? false) });
  }
  return [...found.values()];
}

function mountsOf({ flags, keyword, words }: DockerfileInstruction): BuildMount[] {
  if (keyword === 'ADD') {
    const isBySsh = words.some(({ text }) => /^(?:git@|ssh:\/\/)/.test(text));
    return isBySsh ? [{ kind: 'ssh', id: 'default', isRequired: true }] : [];
  }
  if (keyword !== 'RUN') return [];
  return flags.flatMap((flag) => {
    const mount = flag.name === 'mount' ? mountOf(flag) : undefined;
    return mount ? [mount] : [];
  });
}

/** One `--mount=type=secret,id=npm,required`. A secret without an id has the name of its file. */
function mountOf(flag: DockerfileFlag): BuildMount | undefined {
  const options = new Map(flag.options.map(({ key, value }) => [key, value ?? '']));
  const kind = options.get('type')?.toLowerCase();
  if (kind !== 'secret' && kind !== 'ssh') return undefined;
  const target = options.get('target') ?? options.get('dst') ?? options.get('destination') ?? '';
  const id = options.get('id') || (kind === 'ssh' ? 'default' : (target.split('/').at(-1) ?? ''));
  if (id === '' || id.includes('$')) return undefined;
  const isRequired = options.has('required') && !/^(?:false|0|f)$/i.test(options.get('required') ?? '');
  return { kind, id, isRequired };
}
