import { unquote } from '../../languages/dockerfile/splitWords.ts';
import { stageRuns } from '../../languages/dockerfile/stageRuns.ts';
import { readArguments } from '../../languages/shell/commandArguments.ts';
import type { CommandUse } from '../../languages/shell/commandUses.ts';
import type { ShellWord } from '../../languages/shell/shellScript.ts';
import { defineDockerfileRule, placeOf } from './dockerfileRule.ts';

/**
 * Whoever sits between the build and the server may give the build anything. Turned off by options of the programs, by
 * their settings, or by variables.
 */
export const rule = defineDockerfileRule({
  id: 'dockerfile/tls-verification-off',
  severity: 'warning',
  profile: 'recommended',
  equivalents: Array.from({ length: 15 }, (_, index) => `checkov:CKV2_DOCKER_${index + 2}`),
  *check(file) {
    for (const run of stageRuns(file)) {
      for (const use of run.commands) {
        for (const word of culprits(use)) {
          yield {
            at: placeOf(file, word.span),
            message: /^(?:echo|printf|sed)$/.test(use.name)
              ? 'This setting turns the check of certificates off.'
              : `${word.text} lets ${use.name} accept what nobody has signed.`,
          };
        }
        for (const { name, value, span } of use.command.assignments) {
          if (turnsOff(name, value?.text))
            yield { at: placeOf(file, span), message: `${name} turns the check of certificates off.` };
        }
        // `export NAME=value`, and what stands before the program that `env` and `sudo` run.
        const { words } = use.command;
        const beforeName = use.wrappers.length > 0 ? words.slice(0, words.indexOf(use.nameWord)) : [];
        for (const word of use.name === 'export' ? use.arguments : beforeName) {
          const [name, value] = (word.text ?? '').split('=', 2);
          if (name && turnsOff(name, value))
            yield { at: placeOf(file, word.span), message: `${name} turns the check of certificates off.` };
        }
      }
    }
    for (const instruction of file.instructions) {
      if (instruction.keyword !== 'ENV' && instruction.keyword !== 'ARG') continue;
      for (const { name, value, span } of instruction.assignments) {
        if (!value || !turnsOff(name, unquote(value.text, file.escape))) continue;
        yield { at: placeOf(file, span), message: `${name} turns the check of certificates off.` };
      }
    }
  },
});

const VARIABLES: Readonly<Record<string, RegExp>> = {
  NODE_TLS_REJECT_UNAUTHORIZED: /^0$/,
  NPM_CONFIG_STRICT_SSL: /^false$/i,
  npm_config_strict_ssl: /^false$/i,
  YARN_STRICT_SSL: /^false$/i,
  PYTHONHTTPSVERIFY: /^0$/,
  PIP_TRUSTED_HOST: /./,
  GIT_SSL_NO_VERIFY: /./,
  CURL_INSECURE: /./,
  GOSUMDB: /^off$/,
  GOINSECURE: /./,
};

function turnsOff(name: string, value: string | undefined): boolean {
  return value !== undefined && Object.hasOwn(VARIABLES, name) && VARIABLES[name]!.test(value);
}

const OPTIONS: Readonly<Record<string, readonly string[]>> = {
  curl: ['-k', '--insecure', '--proxy-insecure', '--doh-insecure'],
  wget: ['--no-check-certificate'],
  'apt-get': ['--allow-unauthenticated', '--force-yes', '--allow-insecure-repositories'],
  apt: ['--allow-unauthenticated', '--force-yes', '--allow-insecure-repositories'],
  aptitude: ['--allow-untrusted', '--allow-unauthenticated'],
  apk: ['--allow-untrusted', '--no-check-certificate'],
  yum: ['--nogpgcheck', '--no-gpgchecks'],
  dnf: ['--nogpgcheck', '--no-gpgchecks'],
  dnf5: ['--nogpgcheck', '--no-gpgchecks'],
  tdnf: ['--nogpgcheck'],
  microdnf: ['--nogpgcheck'],
  zypper: ['--no-gpg-checks', '--no-gpg-check'],
  rpm: ['--nosignature', '--nodigest', '--nofiledigest', '--noverify'],
  'yum-config-manager': ['--nogpgcheck'],
  pip: ['--trusted-host'],
  git: [],
};
/** Options whose value decides: Acquire::https::Verify-Peer=false. */
const APT_SETTING =
  /(?:Verify-(?:Peer|Host)["=\s]+(?:false|0)|AllowUnauthenticated["=\s]+(?:true|1)|AllowInsecureRepositories["=\s]+(?:true|1))/i;
const YUM_SETTING = /^(?:.*\.)?(?:sslverify|gpgcheck)=(?:0|false)$/i;
const CURL_VALUED: ReadonlySet<string> = new Set(
  '-A -b -c -C -d -D -e -E -F -h -H -K -m -o -P -Q -r -t -T -u -U -w -x -X -y -Y -z --data --header --output --user --url --retry --max-time --connect-timeout --proxy --cacert --cert --key'.split(
    ' ',
  ),
);

function culprits(use: CommandUse): ShellWord[] {
  const name = /^pip\d*(?:\.\d+)?$/.test(use.name) || isPipModule(use) ? 'pip' : use.name;
  const words = use.arguments;
  const texts = words.map((word) => word.text ?? '');
  if (name === 'npm' || name === 'yarn' || name === 'pnpm') {
    const index = texts.findIndex((text) => /^strict-ssl(?:=false)?$/.test(text));
    const isSet =
      texts.includes('config') && index >= 0 && (/=false$/.test(texts[index]!) || texts[index + 1] === 'false');
    if (isSet) return [words[index]!];
    return words.filter(({ text }) => text === '--strict-ssl=false' || text === '--no-strict-ssl');
  }
  if (name === 'git') {
    const index = texts.findIndex((text) => /^http\.(?:.*\.)?sslverify(?:=(?:false|0))?$/i.test(text));
    if (index >= 0 && (/=/.test(texts[index]!) || /^(?:false|0)$/.test(texts[index + 1] ?? ''))) return [words[index]!];
    return [];
  }
  if (name === 'pip' && texts.includes('config') && texts.includes('set')) {
    return words.filter(({ text }) => /^(?:global|install|user|site)\.trusted-host$/.test(text ?? ''));
  }
  if (name === 'echo' || name === 'printf' || name === 'sed') {
    return words.filter(({ text }) => /\bsslverify\s*=\s*(?:0|false|no)\b/i.test(text ?? ''));
  }
  const known = Object.hasOwn(OPTIONS, name) ? OPTIONS[name]! : [];
  if (known.length === 0) return [];
  const { options } = readArguments(words, {
    valued: name === 'curl' ? CURL_VALUED : new Set(['-o', '--option', '--setopt', '-O', '-P']),
  });
  return options.flatMap(({ name: option, value, word }) => {
    if (known.includes(option)) return [word];
    if ((option === '-o' || option === '--option') && name.startsWith('apt') && APT_SETTING.test(value ?? ''))
      return [word];
    return option === '--setopt' && YUM_SETTING.test(value ?? '') ? [word] : [];
  });
}

function isPipModule(use: CommandUse): boolean {
  return /^python[\d.]*$/.test(use.name) && use.arguments[0]?.text === '-m' && use.arguments[1]?.text === 'pip';
}
