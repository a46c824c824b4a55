import { type CommandArguments, readArguments } from './commandArguments.ts';
import type { CommandUse } from './commandUses.ts';
import type { ShellWord } from './shellScript.ts';

export type PackageManager =
  | 'apt'
  | 'apk'
  | 'yum'
  | 'dnf'
  | 'microdnf'
  | 'zypper'
  | 'pip'
  | 'npm'
  | 'yarn'
  | 'gem'
  | 'go'
  | 'pacman';

/** A call of a package manager, cut into its parts. */
export interface PackageCommand {
  readonly use: CommandUse;
  readonly manager: PackageManager;
  /** The program's own name: `apt-get` or `apt`, `pip3`, `tdnf`. */
  readonly program: string;
  /** `install`, `update` …, in the manager's main spelling; empty when none is written. */
  readonly action: string;
  readonly actionWord: ShellWord | undefined;
  /** Options of the whole command; operands without the action. */
  readonly read: CommandArguments;
}

interface Grammar {
  readonly manager: PackageManager;
  readonly valued: ReadonlySet<string>;
  /** Other spellings of actions. */
  readonly synonyms: Readonly<Record<string, string>>;
}

const set = (text: string): ReadonlySet<string> => new Set(text.split(' '));

const APT: Grammar = {
  manager: 'apt',
  valued: set(
    '-o --option -c --config-file -t --target-release --default-release -a --host-architecture -P --build-profiles --solver',
  ),
  synonyms: { 'full-upgrade': 'dist-upgrade', distclean: 'dist-clean' },
};
const YUM_VALUED = set(
  '-c --config -d --debuglevel -e --errorlevel -x --exclude --excludepkgs --installroot --releasever --enablerepo --disablerepo --repo --repoid --setopt --disableplugin --enableplugin --advisory --forcearch --comment --repofrompath --color -R --randomwait --rpmverbosity --bz --cve --sec-severity --nogroup',
);
const YUM_SYNONYMS = {
  localinstall: 'install',
  reinstall: 'install',
  groupinstall: 'groupinstall',
  in: 'install',
  up: 'upgrade',
  update: 'upgrade',
  'update-minimal': 'upgrade',
  'upgrade-minimal': 'upgrade',
  'dist-sync': 'distro-sync',
  erase: 'remove',
};

const GRAMMARS: Readonly<Record<string, Grammar>> = {
  'apt-get': APT,
  apt: APT,
  aptitude: APT,
  apk: {
    manager: 'apk',
    valued: set(
      '-X --repository -p --root --arch --keys-dir --repositories-file --wait --cache-dir --cache-max-age --progress-fd -t --virtual --timeout',
    ),
    synonyms: {},
  },
  yum: { manager: 'yum', valued: YUM_VALUED, synonyms: YUM_SYNONYMS },
  dnf: { manager: 'dnf', valued: YUM_VALUED, synonyms: YUM_SYNONYMS },
  dnf5: { manager: 'dnf', valued: YUM_VALUED, synonyms: YUM_SYNONYMS },
  tdnf: { manager: 'dnf', valued: YUM_VALUED, synonyms: YUM_SYNONYMS },
  microdnf: { manager: 'microdnf', valued: YUM_VALUED, synonyms: YUM_SYNONYMS },
  zypper: {
    manager: 'zypper',
    valued: set(
      '-R --root -D --reposd-dir -C --cache-dir --raw-cache-dir --solv-cache-dir --pkg-cache-dir -p --plus-repo --plus-content -r --repo --from -t --type --gpg-auto-import-keys-file --releasever --config -c -x --installroot --userdata',
    ),
    synonyms: {
      in: 'install',
      up: 'update',
      dup: 'dist-upgrade',
      ref: 'refresh',
      cc: 'clean',
      rm: 'remove',
      si: 'source-install',
      lu: 'list-updates',
    },
  },
  pip: {
    manager: 'pip',
    valued: set(
      '-r --requirement -c --constraint -i --index-url --extra-index-url -f --find-links -t --target --platform --python-version --implementation --abi --root --prefix --src --upgrade-strategy --global-option --config-settings -C --no-binary --only-binary --progress-bar --trusted-host --proxy --retries --timeout --exists-action --cert --client-cert --cache-dir --log --python --report --root-user-action --use-feature --use-deprecated --keyring-provider --group --build-option --install-option -e --editable --dest -d -w --wheel-dir',
    ),
    synonyms: {},
  },
  npm: {
    manager: 'npm',
    valued: set(
      '--prefix --registry --cache -w --workspace --tag --omit --include --loglevel --userconfig --globalconfig --install-strategy --fetch-retries --fetch-timeout --audit-level --script-shell --arch --os --cpu --libc --before -C',
    ),
    synonyms: {
      i: 'install',
      in: 'install',
      ins: 'install',
      add: 'install',
      isntall: 'install',
      'install-clean': 'ci',
      'clean-install': 'ci',
    },
  },
  yarn: {
    manager: 'yarn',
    valued: set(
      '--cwd --registry --cache-folder --modules-folder --network-timeout --network-concurrency --mutex --prefix --global-folder --preferred-cache-folder --use-yarnrc',
    ),
    synonyms: {},
  },
  gem: {
    manager: 'gem',
    valued: set(
      '-v --version -i --install-dir -n --bindir --build-root -P --trust-policy -s --source -p --http-proxy -B --bulk-threshold --platform --config-file -g --file --document',
    ),
    synonyms: { i: 'install' },
  },
  go: {
    manager: 'go',
    valued: set(
      '-C -ldflags -tags -gcflags -asmflags -o -mod -modfile -p -exec -toolexec -buildmode -compiler -pkgdir -overlay -pgo -covermode -coverpkg -installsuffix',
    ),
    synonyms: {},
  },
  pacman: {
    manager: 'pacman',
    valued: set(
      '-b --dbpath -r --root --arch --cachedir --config --gpgdir --hookdir --logfile --color --ignore --ignoregroup --overwrite --assume-installed',
    ),
    synonyms: {},
  },
};

/** The call of a package manager that a command is; undefined for every other command. */
export function packageCommand(use: CommandUse): PackageCommand | undefined {
  const module = pythonModule(use);
  const program = module === 'pip' ? 'pip' : use.name;
  const grammar = GRAMMARS[/^pip\d*(?:\.\d+)?$/.test(program) ? 'pip' : program];
  if (!grammar || !Object.hasOwn(GRAMMARS, /^pip\d*(?:\.\d+)?$/.test(program) ? 'pip' : program)) return undefined;
  const words = module === 'pip' ? use.arguments.slice(2) : use.arguments;
  const read = readArguments(words, { valued: grammar.valued, longWithOneDash: grammar.manager === 'go' });
  const [actionWord, ...operands] = read.operands;
  const written = actionWord?.text ?? '';
  const action = Object.hasOwn(grammar.synonyms, written) ? grammar.synonyms[written]! : written;
  return { use, manager: grammar.manager, program: use.name, action, actionWord, read: { ...read, operands } };
}

/** The module of `python -m module …`. */
function pythonModule(use: CommandUse): string | undefined {
  if (!/^(?:python|pypy)\d*(?:\.\d+)?$/.test(use.name) || use.arguments[0]?.text !== '-m') return undefined;
  return use.arguments[1]?.text;
}
