import { variableScopes } from '../../languages/dockerfile/stageRuns.ts';
import { defineDockerfileRule, placeOf } from './dockerfileRule.ts';

interface ValueFormat {
  readonly pattern: RegExp;
  readonly expected: string;
}

const URL: ValueFormat = {
  pattern: /^[A-Za-z][A-Za-z0-9+.-]*:\/\/\S+$/,
  expected: 'an address such as https://example.com',
};
const PREFIX = 'org.opencontainers.image.';
const FORMATS: Readonly<Record<string, ValueFormat>> = {
  [`${PREFIX}created`]: {
    pattern: /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:[Zz]|[+-]\d{2}:\d{2})$/,
    expected: 'a time such as 2026-01-31T12:00:00Z',
  },
  [`${PREFIX}url`]: URL,
  [`${PREFIX}documentation`]: URL,
  [`${PREFIX}source`]: URL,
};

/** The annotations of the Open Container Initiative say what their values look like; registries and bots read them. */
export const rule = defineDockerfileRule({
  id: 'dockerfile/label-value-format',
  severity: 'warning',
  profile: 'recommended',
  equivalents: ['hadolint:DL3052', 'hadolint:DL3053'],
  *check(file) {
    for (const instruction of file.instructions) {
      if (instruction.keyword !== 'LABEL') continue;
      for (const { name, value } of instruction.assignments) {
        const format = Object.hasOwn(FORMATS, name) ? FORMATS[name] : undefined;
        const text = value && variableScopes(file).expand(value, instruction).value;
        if (!format || !value || text === undefined || format.pattern.test(text)) continue;
        yield { at: placeOf(file, value.span), message: `${name} is ${format.expected}, not "${text}".` };
      }
    }
  },
});
