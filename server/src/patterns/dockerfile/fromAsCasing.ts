import { defineDockerfileRule, placeOf, replace } from './dockerfileRule.ts';

/** `FROM … as …` reads as two languages. */
export const rule = defineDockerfileRule({
  id: 'dockerfile/from-as-casing',
  severity: 'information',
  profile: 'recommended',
  equivalents: ['buildkit:FromAsCasing'],
  *check(file) {
    for (const { instruction } of file.stages) {
      const as = instruction.from?.asWord;
      if (!as || !isOneCase(instruction.written)) continue;
      const wanted = instruction.written === 'from' ? 'as' : 'AS';
      if (as.text === wanted) continue;
      yield {
        at: placeOf(file, as.span),
        message: `"${as.text}" is not written like ${instruction.written}.`,
        fixes: [{ title: `Write ${wanted}`, safe: true, edits: () => [replace(file, as.span, wanted)] }],
      };
    }
  },
});

/** A mixed `From` is the subject of instruction-casing. */
function isOneCase(text: string): boolean {
  return text === text.toLowerCase() || text === text.toUpperCase();
}
