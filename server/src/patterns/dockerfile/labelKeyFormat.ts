import { defineDockerfileRule, placeOf } from './dockerfileRule.ts';

const KEY = /^[a-z](?:[a-z0-9]|[-.](?=[a-z0-9]))*$/;
const RESERVED = /^(?:com\.docker|io\.docker|org\.dockerproject)\./;

/** Docker's guidelines for label keys: lower case, digits, single dots and dashes. Strict, because any key works. */
export const rule = defineDockerfileRule({
  id: 'dockerfile/label-key-format',
  severity: 'information',
  profile: 'strict',
  equivalents: ['hadolint:DL3048'],
  *check(file) {
    for (const instruction of file.instructions) {
      if (instruction.keyword !== 'LABEL') continue;
      for (const { name, nameSpan } of instruction.assignments) {
        if (name === '' || name.includes('$')) continue;
        if (RESERVED.test(name))
          yield { at: placeOf(file, nameSpan), message: `The label key ${name} is reserved for Docker's own use.` };
        if (KEY.test(name)) continue;
        yield {
          at: placeOf(file, nameSpan),
          message: `The label key ${name} is not made of lower case, digits, single dots and dashes, a letter first.`,
        };
      }
    }
  },
});
