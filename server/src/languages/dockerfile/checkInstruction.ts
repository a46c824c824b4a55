import { nearestName } from '../../text/nearestName.ts';
import type { Span } from '../../text/sourceText.ts';
import type { SyntaxProblem } from '../language.ts';
import type { DockerfileFlag, DockerfileInstruction } from './dockerfileFile.ts';
import { expandVariables } from './expandVariables.ts';
import { type FlagGrammar, INSTRUCTIONS, MOUNT_OPTIONS, type MountType } from './instructionGrammar.ts';

type Report = (code: string, message: string, span: Span) => void;

const STAGE_NAME = /^[a-z][a-z0-9-_.]*$/;
const DURATION = /^[-+]?(?:\d+(?:\.\d*)?(?:ns|us|µs|μs|ms|s|m|h))+$/;

/** Adds to `problems` what the builder refuses in one instruction, at its exact place. */
export function checkInstruction(
  instruction: DockerfileInstruction,
  escapeCharacter: string,
  problems: SyntaxProblem[],
): void {
  const report: Report = (code, message, span) => problems.push({ code, message, span, severity: 'error' });
  const grammar = INSTRUCTIONS.get(instruction.keyword);
  if (!grammar) {
    const nearest = nearestName(instruction.keyword, INSTRUCTIONS.keys());
    const hint = nearest === undefined ? '' : ` Did you mean ${nearest}?`;
    report('unknown-instruction', `There is no instruction ${instruction.written}.${hint}`, instruction.keywordSpan);
    return;
  }
  checkFlags(instruction, grammar.flags, report);
  checkArguments(instruction, report);
  if (grammar.expands) checkSubstitutions(instruction, escapeCharacter, report);
}

function checkFlags(
  instruction: DockerfileInstruction,
  known: Readonly<Record<string, FlagGrammar>>,
  report: Report,
): void {
  // The builder never looks at the flags of these two.
  if (instruction.keyword === 'STOPSIGNAL' || instruction.keyword === 'ARG') return;
  const seen = new Set<string>();
  for (const flag of instruction.flags) {
    const grammar = Object.hasOwn(known, flag.name) ? known[flag.name] : undefined;
    if (!grammar) {
      const nearest = nearestName(flag.name, Object.keys(known));
      const hint = nearest === undefined ? '' : ` Did you mean --${nearest}?`;
      report('unknown-flag', `${instruction.keyword} has no flag --${flag.name}.${hint}`, flag.nameSpan);
      continue;
    }
    if (seen.has(flag.name) && !grammar.repeatable) {
      report('duplicate-flag', `The flag --${flag.name} may be given only once.`, flag.span);
    }
    seen.add(flag.name);
    checkFlagValue(flag, grammar, report);
    if (flag.name === 'mount') checkMount(flag, report);
  }
}

function checkFlagValue(flag: DockerfileFlag, grammar: FlagGrammar, report: Report): void {
  const { value } = flag;
  const place = flag.valueSpan ?? flag.span;
  if (grammar.value === 'boolean') {
    if (value !== undefined && !['true', 'false'].includes(value.toLowerCase()) && !value.includes('$')) {
      report('flag-value', `--${flag.name} is true or false, not "${value}".`, place);
    }
    return;
  }
  if (value === undefined) {
    report('flag-value', `--${flag.name} needs a value: --${flag.name}=….`, flag.span);
    return;
  }
  // HEALTHCHECK flags are not expanded, but a half-typed value is shown by its own message.
  if (grammar.value === 'duration' && value !== '' && value !== '0' && !DURATION.test(value)) {
    report('flag-value', `"${value}" is no duration such as 30s or 1m30s.`, place);
  }
  if (grammar.value === 'count' && value !== '' && !/^[-+]?\d+$/.test(value)) {
    report('flag-value', `--${flag.name} is a whole number, not "${value}".`, place);
  } else if (grammar.value === 'count' && value.startsWith('-')) {
    report('flag-value', `--${flag.name} can't be negative.`, place);
  }
}

function checkMount(flag: DockerfileFlag, report: Report): void {
  const type = flag.options.findLast((option) => option.key === 'type');
  const typeName = type?.value?.toLowerCase() ?? 'bind';
  if (typeName.includes('$')) return;
  if (!isMountType(typeName)) {
    const nearest = nearestName(typeName, Object.keys(MOUNT_OPTIONS));
    const hint = nearest === undefined ? '' : ` Did you mean ${nearest}?`;
    const place = type?.valueSpan ?? flag.span;
    report('mount-type', `There is no mount type "${typeName}".${hint}`, place);
    return;
  }
  const known = MOUNT_OPTIONS[typeName];
  const given = new Set<string>();
  for (const option of flag.options) {
    const canonical = known.get(option.key);
    if (canonical === undefined) {
      const elsewhere = Object.values(MOUNT_OPTIONS).some((options) => options.has(option.key));
      const nearest = elsewhere ? undefined : nearestName(option.key, known.keys());
      const hint = nearest === undefined ? '' : ` Did you mean ${nearest}?`;
      if (!elsewhere || isRefused(typeName, option.key)) {
        report('mount-option', `A ${typeName} mount has no option "${option.key}".${hint}`, option.keySpan);
      }
      continue;
    }
    given.add(canonical);
    if (option.value === undefined && !['readonly', 'readwrite', 'required'].includes(canonical)) {
      report('mount-option', `The mount option "${option.key}" needs a value.`, option.span);
    }
    if (canonical === 'sharing' && option.value !== undefined && !option.value.includes('$')) {
      if (!['shared', 'private', 'locked'].includes(option.value.toLowerCase())) {
        report(
          'mount-option',
          `Sharing is shared, private or locked, not "${option.value}".`,
          option.valueSpan ?? option.span,
        );
      }
    }
    if (canonical === 'from' && /\$./.test(option.value ?? '')) {
      report(
        'mount-option',
        'Variables are not replaced in "from"; name a stage instead.',
        option.valueSpan ?? option.span,
      );
    }
  }
  if (typeName === 'secret' && !['id', 'source', 'target'].some((key) => given.has(key))) {
    report('mount-option', 'A secret mount needs an id or a target.', flag.span);
  }
}

function isMountType(name: string): name is MountType {
  return Object.hasOwn(MOUNT_OPTIONS, name);
}

/** The builder reads some options of other types without a word; it refuses only these. */
function isRefused(type: MountType, key: string): boolean {
  switch (key) {
    case 'required':
    case 'size':
    case 'sharing':
      return true;
    case 'mode':
    case 'uid':
    case 'gid':
      return type === 'bind' || type === 'tmpfs';
    case 'from':
      return type === 'secret';
    default:
      return false;
  }
}

function checkArguments(instruction: DockerfileInstruction, report: Report): void {
  const { keyword, words, body } = instruction;
  const atEnd = body.span(body.text.length, body.text.length);
  const whole = body.span(0, body.text.length);
  const missing = (what: string) => report('missing-argument', `${keyword} needs ${what}.`, instruction.headSpan);
  switch (keyword) {
    case 'FROM':
      checkFrom(instruction, report);
      break;
    case 'ADD':
    case 'COPY': {
      const count = instruction.json ? instruction.json.items.length : words.length;
      if (count === 0) missing('a source and a destination');
      else if (count === 1) report('missing-argument', `${keyword} has no destination.`, atEnd);
      const last = words[words.length - 1];
      if (count > 1 && last && /^\d*<<-?[^<]+$/.test(last.text)) {
        report('heredoc-destination', `A heredoc can't be the destination of ${keyword}.`, last.span);
      }
      break;
    }
    case 'ENV':
    case 'LABEL':
      checkPairs(instruction, report);
      break;
    case 'ARG':
      if (words.length === 0) missing('a name');
      for (const assignment of instruction.assignments) {
        if (assignment.name === '') report('blank-name', 'The name before "=" is missing.', assignment.span);
      }
      break;
    case 'RUN':
      if (body.text === '' && instruction.heredocs.length === 0) missing('a command');
      break;
    case 'SHELL':
      if (body.text === '') missing('a JSON array of the program and its arguments');
      else if (!instruction.json && !looksLikeNotStrings(body.text)) {
        report('shell-not-json', 'SHELL takes a JSON array, such as ["/bin/bash", "-c"].', whole);
      } else if (instruction.json?.items.length === 0) missing('a program');
      break;
    case 'EXPOSE':
      if (words.length === 0) missing('a port');
      break;
    case 'VOLUME':
      if (words.length === 0 && !instruction.json?.items.length) missing('a path');
      for (const item of instruction.json?.items ?? []) {
        if (item.value.trim() === '') report('missing-argument', "A volume path can't be empty.", item.span);
      }
      break;
    case 'WORKDIR':
      if (words.length === 0) missing('a path');
      break;
    case 'USER':
      if (words.length === 0) missing('a user');
      break;
    case 'STOPSIGNAL':
      if (words.length === 0) missing('a signal');
      break;
    case 'MAINTAINER':
      if (words.length === 0) missing('a name');
      break;
    case 'ONBUILD':
      if (body.text === '') missing('an instruction');
      break;
    case 'HEALTHCHECK':
      checkHealthcheck(instruction, report);
      break;
  }
}

/** JSON that holds other things than strings has its own message already. */
function looksLikeNotStrings(text: string): boolean {
  try {
    return Array.isArray(JSON.parse(text));
  } catch {
    return false;
  }
}

function checkFrom(instruction: DockerfileInstruction, report: Report): void {
  const { words, body, from } = instruction;
  if (!from) {
    report('missing-argument', 'FROM needs an image or a stage.', instruction.headSpan);
    return;
  }
  if (words.length === 1) return;
  if (!from.asWord) {
    report('from-arguments', `"${words[1]!.text}" is not understood here: FROM image [AS name].`, words[1]!.span);
  } else if (!from.name) {
    report('missing-argument', 'The name of the stage is missing.', body.span(body.text.length, body.text.length));
  } else if (words.length > 3) {
    report('from-arguments', `"${words[3]!.text}" is not understood here: FROM image [AS name].`, words[3]!.span);
  } else if (!STAGE_NAME.test(from.name.text.toLowerCase())) {
    report(
      'stage-name',
      `"${from.name.text}" is no stage name: it begins with a letter and holds letters, digits, "-", "_" and ".".`,
      from.name.span,
    );
  }
}

function checkPairs(instruction: DockerfileInstruction, report: Report): void {
  const { keyword, assignments } = instruction;
  if (assignments.length === 0) {
    report('missing-argument', `${keyword} needs a name and a value.`, instruction.headSpan);
  }
  for (const assignment of assignments) {
    if (assignment.name === '') {
      report('blank-name', 'The name before "=" is missing.', assignment.span);
    } else if (assignment.value === undefined) {
      report(
        'missing-value',
        assignment.legacy
          ? `${keyword} ${assignment.name} has no value.`
          : `"${assignment.name}" has no value: write ${keyword} name=value.`,
        assignment.span,
      );
    }
  }
}

function checkHealthcheck(instruction: DockerfileInstruction, report: Report): void {
  const { words, body, healthcheckCommand } = instruction;
  const type = words[0];
  if (!type) {
    report('missing-argument', 'HEALTHCHECK needs CMD and a command, or NONE.', instruction.headSpan);
    return;
  }
  const name = type.text.toUpperCase();
  if (name === 'NONE') {
    if (body.text.trim().length > type.text.length) {
      report('healthcheck-arguments', 'HEALTHCHECK NONE takes no arguments.', body.span(0, body.text.length));
    }
  } else if (name !== 'CMD') {
    report('healthcheck-type', `HEALTHCHECK is followed by CMD or NONE, not "${type.text}".`, type.span);
  } else if (healthcheckCommand?.body.text === '' || healthcheckCommand?.json?.items.length === 0) {
    report('missing-argument', 'HEALTHCHECK CMD has no command.', instruction.headSpan);
  }
}

function checkSubstitutions(instruction: DockerfileInstruction, escapeCharacter: string, report: Report): void {
  const places =
    instruction.assignments.length > 0 ? instruction.assignments.map((one) => one.value) : instruction.words;
  for (const word of places) {
    if (!word?.text.includes('${')) continue;
    const { problem } = expandVariables(word.text, escapeCharacter, () => ({ kind: 'unknown' }));
    if (problem) {
      const { start, end } = problem.span;
      report(
        'bad-substitution',
        `In this variable, ${problem.message}.`,
        instruction.head.span(word.start + start, word.start + end),
      );
    }
  }
}
