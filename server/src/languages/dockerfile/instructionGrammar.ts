/** How the arguments of an instruction are cut, as in Docker's Dockerfile reference. */
export type ArgumentForm =
  /** Words between spaces; quotes mean nothing. */
  | 'words'
  /** A JSON array, or words between spaces. */
  | 'wordsOrJson'
  /** A JSON array, or one command line. */
  | 'commandOrJson'
  /** Everything to the end is one argument. */
  | 'text'
  /** `name=value` words with quotes. */
  | 'pairs'
  /** `name` or `name=value` words with quotes. */
  | 'names'
  /** Another instruction. */
  | 'instruction'
  | 'healthcheck';

export interface FlagGrammar {
  readonly value: 'text' | 'boolean' | 'duration' | 'count' | 'options';
  readonly repeatable?: boolean;
}

export interface InstructionGrammar {
  readonly form: ArgumentForm;
  readonly flags: Readonly<Record<string, FlagGrammar>>;
  readonly heredocs: boolean;
  /** The builder replaces variables in the arguments. */
  readonly expands: boolean;
}

const NO_FLAGS = {};
const text: FlagGrammar = { value: 'text' };
const boolean: FlagGrammar = { value: 'boolean' };
const duration: FlagGrammar = { value: 'duration' };
const exclude: FlagGrammar = { value: 'text', repeatable: true };

function grammar(
  form: ArgumentForm,
  expands: boolean,
  flags: Readonly<Record<string, FlagGrammar>> = NO_FLAGS,
  heredocs = false,
): InstructionGrammar {
  return { form, flags, heredocs, expands };
}

/** Every instruction of the Dockerfile syntax by its upper-case keyword. */
export const INSTRUCTIONS: ReadonlyMap<string, InstructionGrammar> = new Map([
  [
    'ADD',
    grammar(
      'wordsOrJson',
      true,
      { checksum: text, chmod: text, chown: text, exclude, 'keep-git-dir': boolean, link: boolean, unpack: boolean },
      true,
    ),
  ],
  ['ARG', grammar('names', true)],
  ['CMD', grammar('commandOrJson', false)],
  [
    'COPY',
    grammar(
      'wordsOrJson',
      true,
      { chmod: text, chown: text, exclude, from: text, link: boolean, parents: boolean },
      true,
    ),
  ],
  ['ENTRYPOINT', grammar('commandOrJson', false)],
  ['ENV', grammar('pairs', true)],
  ['EXPOSE', grammar('words', true)],
  ['FROM', grammar('words', true, { platform: text })],
  [
    'HEALTHCHECK',
    grammar('healthcheck', false, {
      interval: duration,
      retries: { value: 'count' },
      'start-interval': duration,
      'start-period': duration,
      timeout: duration,
    }),
  ],
  ['LABEL', grammar('pairs', true)],
  ['MAINTAINER', grammar('text', false)],
  ['ONBUILD', grammar('instruction', false, NO_FLAGS, true)],
  [
    'RUN',
    grammar(
      'commandOrJson',
      false,
      {
        device: { value: 'options', repeatable: true },
        mount: { value: 'options', repeatable: true },
        network: text,
        security: text,
      },
      true,
    ),
  ],
  ['SHELL', grammar('commandOrJson', false)],
  ['STOPSIGNAL', grammar('text', true)],
  ['USER', grammar('text', true)],
  ['VOLUME', grammar('wordsOrJson', true)],
  ['WORKDIR', grammar('text', true)],
]);

export type MountType = 'bind' | 'cache' | 'tmpfs' | 'secret' | 'ssh';

const aliases = (canonical: string, ...names: string[]): [string, string][] => names.map((name) => [name, canonical]);

const TARGET = aliases('target', 'target', 'dst', 'destination');
const SOURCE = aliases('source', 'source', 'src');
const READONLY = aliases('readonly', 'readonly', 'ro');
const READWRITE = aliases('readwrite', 'readwrite', 'rw');
const FILE_OWNER = [...aliases('mode', 'mode'), ...aliases('uid', 'uid'), ...aliases('gid', 'gid')];
const TYPE = aliases('type', 'type');

/** The options that each type of `RUN --mount` takes: written key → canonical key. */
export const MOUNT_OPTIONS: Readonly<Record<MountType, ReadonlyMap<string, string>>> = {
  bind: new Map([...TYPE, ...TARGET, ...SOURCE, ...aliases('from', 'from'), ...READONLY, ...READWRITE]),
  cache: new Map([
    ...TYPE,
    ...aliases('id', 'id'),
    ...TARGET,
    ...SOURCE,
    ...READONLY,
    ...READWRITE,
    ...aliases('sharing', 'sharing'),
    ...aliases('from', 'from'),
    ...FILE_OWNER,
  ]),
  tmpfs: new Map([...TYPE, ...TARGET, ...aliases('size', 'size')]),
  secret: new Map([
    ...TYPE,
    ...aliases('id', 'id'),
    ...TARGET,
    ...SOURCE,
    ...aliases('env', 'env'),
    ...aliases('required', 'required'),
    ...FILE_OWNER,
  ]),
  ssh: new Map([
    ...TYPE,
    ...aliases('id', 'id'),
    ...TARGET,
    ...SOURCE,
    ...aliases('required', 'required'),
    ...FILE_OWNER,
  ]),
};
