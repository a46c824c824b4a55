import { defineDockerfileRule, placeOf, replace } from './dockerfileRule.ts';
import { exposedWords } from './exposedPorts.ts';

/** The image records protocols in lower case. */
export const rule = defineDockerfileRule({
  id: 'dockerfile/expose-protocol-casing',
  severity: 'information',
  profile: 'recommended',
  equivalents: ['buildkit:ExposeProtoCasing'],
  *check(file) {
    for (const { word, value, isLiteral, protocol } of exposedWords(file)) {
      const lower = protocol.toLowerCase();
      if (protocol === lower || !/^(?:tcp|udp|sctp)$/.test(lower)) continue;
      const wanted = value.slice(0, -protocol.length) + lower;
      yield {
        at: placeOf(file, word.span),
        message: `The protocol ${protocol} is not in lower case.`,
        fixes: isLiteral
          ? [{ title: `Write ${wanted}`, safe: true, edits: () => [replace(file, word.span, wanted)] }]
          : [],
      };
    }
  },
});
