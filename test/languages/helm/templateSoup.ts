/** Words of the template language, good and bad, out of which templates are thrown together. */
const WORDS = [
  '.',
  '.a',
  '.Values.b',
  '$',
  '$x',
  '$x.c',
  'printf',
  'include',
  '"text"',
  '`raw`',
  "'c'",
  '1',
  '-2.5',
  '0x1F',
  'true',
  'nil',
  '|',
  '|',
  '(',
  ')',
  ').d',
  ':=',
  '=',
  ',',
  'if',
  'range',
  'end',
  'else',
  '@',
  '"open',
];

const WHOLE = [
  '{{ if .a }}',
  '{{- with .b -}}',
  '{{ range $i, $x := .c }}',
  '{{ range .c }}',
  '{{ else }}',
  '{{ else if .d }}',
  '{{ else with .d }}',
  '{{ end }}',
  '{{ end }}',
  '{{ end }}',
  '{{ define "n" }}',
  '{{ block "m" . }}',
  '{{ template "n" . }}',
  '{{ break }}',
  '{{/* note */}}',
  '{{- /* note */ -}}',
  '{{ /* note */ }}',
  'text\n',
];

/** Always the same for the same seed. */
export function* templateSoup(seed: number, count: number): Generator<string> {
  let state = seed;
  const below = (limit: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  const pick = (from: readonly string[]): string => from[below(from.length)]!;
  for (let made = 0; made < count; made++) {
    const parts: string[] = ['{{ $x := 1 }}'];
    for (let part = below(6); part >= 0; part--) {
      if (below(3) > 0) {
        parts.push(pick(WHOLE));
        continue;
      }
      const words = Array.from({ length: 1 + below(6) }, () => pick(WORDS));
      parts.push(`{{${below(4) ? ' ' : '- '}${words.join(below(8) ? ' ' : '')}${below(4) ? ' ' : ' -'}}}`);
    }
    yield parts.join('');
  }
}
