import { baseSystem } from '../../languages/dockerfile/baseSystem.ts';
import type { DockerfileFile, DockerfileStage } from '../../languages/dockerfile/dockerfileFile.ts';
import type { InstructionScript } from '../../languages/dockerfile/instructionScripts.ts';
import { stageRuns } from '../../languages/dockerfile/stageRuns.ts';
import { stageChain } from '../../languages/dockerfile/stageSettings.ts';
import type { ShellCommand, ShellScript, ShellWord } from '../../languages/shell/shellScript.ts';
import type { Span } from '../../text/sourceText.ts';
import { defineDockerfileRule, placeOf } from './dockerfileRule.ts';

/**
 * `/bin/sh` of Debian and Ubuntu is dash, which knows nothing of bash. Some of this fails; a list in braces is worse: it
 * is taken as it stands, and `mkdir /{a,b}` makes one folder of that name. Only images that are certainly Debian count.
 */
export const rule = defineDockerfileRule({
  id: 'dockerfile/bash-feature-in-sh',
  severity: 'warning',
  profile: 'recommended',
  equivalents: [
    'hadolint:SC3001',
    'hadolint:SC3003',
    'hadolint:SC3005',
    'hadolint:SC3009',
    'hadolint:SC3010',
    'hadolint:SC3011',
    'hadolint:SC3020',
    'hadolint:SC3030',
    'hadolint:SC3040',
    'hadolint:SC3044',
    'hadolint:SC3046',
  ],
  *check(file) {
    // Another program may have been put in the place of /bin/sh.
    const isReplaced = stageRuns(file).some((other) =>
      other.commands.some((use) => use.arguments.some((word) => /^(?:\/usr)?\/bin\/sh$|^dash$/.test(word.text ?? ''))),
    );
    if (isReplaced) return;
    for (const run of stageRuns(file)) {
      if (baseSystem(file, run.stage).family !== 'debian' || run.deferred) continue;
      for (const script of run.scripts) {
        if (script.shell !== 'sh' || script.form === 'exec') continue;
        for (const { span, what } of featuresOf(script, isOldRelease(file, run.stage)))
          yield { at: placeOf(file, span), message: `/bin/sh of this image is dash, which has no ${what}.` };
      }
    }
  },
});

interface Feature {
  readonly span: Span;
  readonly what: string;
}

/** Releases whose dash is certainly too old for `set -o pipefail`; newer ones may know it. */
const OLD_RELEASE = /bookworm|bullseye|buster|stretch|noble|jammy|focal|bionic/;

function isOldRelease(file: DockerfileFile, stage: DockerfileStage): boolean {
  const { base } = stageChain(file, stage).at(-1)!;
  if (base.kind !== 'image') return false;
  const { name, tag = '' } = base.reference;
  if (name === 'debian' && /^(?:9|10|11|12)(?:\D|$)/.test(tag)) return true;
  return (name === 'ubuntu' && /^(?:1\d|2[0-4])\./.test(tag)) || OLD_RELEASE.test(tag);
}

function featuresOf(script: InstructionScript, isOld: boolean): Feature[] {
  const found: Feature[] = [];
  collect(script.parsed.script, found);
  for (const use of script.commands) {
    // `bash -c '…'` is read by another shell.
    if (use.wrappers.length > 0 || (use.innerOf && use.innerOf.name !== 'sh')) continue;
    if (use.name === 'source' && use.nameWord.text === 'source')
      found.push({ span: use.nameWord.span, what: 'source (it has ".")' });
    if (use.name === 'pushd' || use.name === 'popd' || use.name === 'shopt')
      found.push({ span: use.nameWord.span, what: use.name });
    const pipefail = use.name === 'set' ? use.arguments.find((word) => word.text === 'pipefail') : undefined;
    if (pipefail && isOld) found.push({ span: pipefail.span, what: 'pipefail' });
  }
  return found;
}

function collect(script: ShellScript, found: Feature[]): void {
  for (const { pipeline } of script.items) for (const command of pipeline.commands) collectCommand(command, found);
}

function collectCommand(command: ShellCommand, found: Feature[]): void {
  for (const { operator, span } of command.redirections) {
    if (operator === '<<<') found.push({ span, what: '<<<' });
    if (operator === '&>' || operator === '&>>') found.push({ span, what: operator });
  }
  if (command.kind === 'compound') {
    if (command.type === 'test')
      found.push({ span: { start: command.span.start, end: command.span.start + 2 }, what: '[[' });
    if (command.type !== 'test') for (const word of command.words) collectWord(word, found);
    for (const part of [...command.conditions, ...command.bodies]) collect(part, found);
    return;
  }
  for (const assignment of command.assignments) {
    if (!assignment.value) found.push({ span: assignment.span, what: 'arrays' });
  }
  for (const word of command.words) collectWord(word, found);
}

function collectWord(word: ShellWord, found: Feature[]): void {
  for (const part of word.parts) {
    if (part.kind === 'command') collect(part.script, found);
    const isList =
      part.kind === 'literal' && !part.quoted && /(?:^|[^$\\])\{[^{}\s'"]*(?:,|\.\.)[^{}\s'"]*\}/.test(part.text);
    if (isList) found.push({ span: word.span, what: 'lists in braces, so this is taken as it stands' });
  }
  if (/^[<>]\(/.test(word.written)) found.push({ span: word.span, what: `${word.written[0]}( )` });
}
