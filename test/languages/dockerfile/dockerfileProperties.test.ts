import assert from 'node:assert/strict';
import fc from 'fast-check';
import { completionsAt } from '../../../server/src/languages/dockerfile/dockerfileCompletion.ts';
import type { DockerfileFile, DockerfileInstruction } from '../../../server/src/languages/dockerfile/dockerfileFile.ts';
import { hoverAt } from '../../../server/src/languages/dockerfile/dockerfileHover.ts';
import { definitionsAt, renameAt } from '../../../server/src/languages/dockerfile/dockerfileNavigation.ts';
import { dockerfileFoldings, dockerfileOutline } from '../../../server/src/languages/dockerfile/dockerfileOutline.ts';
import { formatDockerfile } from '../../../server/src/languages/dockerfile/formatDockerfile.ts';
import { imageFacts } from '../../../server/src/languages/dockerfile/imageFacts.ts';
import { stageRuns } from '../../../server/src/languages/dockerfile/stageRuns.ts';
import { applyEdits, type Span } from '../../../server/src/text/sourceText.ts';
import { parsed } from './exampleDockerfile.ts';

const PIECES = [
  'FROM ',
  'from a AS b\n',
  'FROM b\n',
  'RUN ',
  'COPY ',
  'ADD ',
  'ENV ',
  'LABEL ',
  'ARG ',
  'CMD ',
  'HEALTHCHECK ',
  'ONBUILD ',
  'EXPOSE ',
  'USER ',
  'SHELL ',
  'WORKDIR ',
  '--mount=type=cache,target=/x ',
  '--from=b ',
  '--',
  '["a","b"]',
  '[ "a" ',
  'A=b',
  'A="b c"',
  "A='x",
  '$X',
  '${X:-y}',
  '${',
  '<<EOF',
  '<<-"EOF"',
  '<<<x',
  'EOF\n',
  '\tEOF\n',
  '\n',
  '\n',
  '\n',
  ' \\\n',
  '`\n',
  '# c\n',
  '# escape=`\n',
  '# check=skip=A\n',
  '\r\n',
  '\t',
  ' ',
  '"',
  "'",
  '\\',
  '/x',
  ':80',
  '=',
  ';',
  '&&',
  '|',
  '$(',
  ')',
  'é',
  '\ud83d\ude00',
  '\u0000',
  '\ufeff',
];
const anyDockerfile = fc.array(fc.constantFrom(...PIECES), { maxLength: 40 }).map((pieces) => pieces.join(''));

const EXAMPLE = `# syntax=docker/dockerfile:1
ARG V=1
FROM golang:1.23 AS build
# hadolint ignore=DL3008
RUN --mount=type=cache,target=/root/.cache apt-get update \\
 && apt-get install -y "git" # the end
COPY --from=build --chown=a:b ["x", "y z"] ./
RUN <<EOF bash -e
  cat <<-X
	text
	X
EOF
ENV A=b C="$A \${V:-2}"
HEALTHCHECK --interval=3s CMD curl -f http://localhost/ || exit 1
ONBUILD RUN echo $A
CMD ["sh", "-c", "exec \\"$A\\""]
`;

describe('any text as a Dockerfile', () => {
  it('is read without throwing, with every span inside its parent', () => {
    fc.assert(
      fc.property(anyDockerfile, (text) => checkSpans(parsed(text))),
      { numRuns: 600 },
    );
  });

  it('answers every question at every place', () => {
    fc.assert(
      fc.property(anyDockerfile, fc.nat(200), (text, place) => {
        const file = parsed(text);
        const offset = Math.min(place, text.length);
        for (const completion of completionsAt(file, offset)) {
          assert.ok(completion.span.start >= 0 && completion.span.end === offset);
        }
        hoverAt(file, offset);
        definitionsAt(file, offset);
        const rename = renameAt(file, offset, 'renamed_thing');
        if (rename.status === 'edits') applyEdits(text, rename.edits);
        dockerfileOutline(file);
        dockerfileFoldings(file);
        imageFacts(file);
        stageRuns(file);
      }),
      { numRuns: 600 },
    );
  });

  it('means the same after formatting, and stays when formatted again', () => {
    fc.assert(
      fc.property(anyDockerfile, (text) => {
        const file = parsed(text);
        const formatted = applyEdits(text, formatDockerfile(file, { indent: '    ' }));
        const again = parsed(formatted);
        assert.deepEqual(meaning(again), meaning(file));
        assert.deepEqual(formatDockerfile(again, { indent: '    ' }), []);
      }),
      { numRuns: 600 },
    );
  });

  it('survives a cut of a real file at every place', () => {
    for (let end = 0; end <= EXAMPLE.length; end++) {
      const file = parsed(EXAMPLE.slice(0, end));
      checkSpans(file);
      completionsAt(file, end);
    }
  });

  it('takes time linear in its length', () => {
    const shapes = [
      'RUN a && \\\n  b "c" $X\n',
      'ENV A="$A$B"\n',
      'FROM b AS b\n',
      'RUN <<A\nx\nA\n',
      '# x\n',
      'ENV A=${',
      'COPY "\n',
      'RUN $(',
      'RUN "`',
    ];
    for (const shape of shapes) {
      const seconds = (count: number) => {
        const file = `FROM a AS b\n${shape.repeat(count)}`;
        const start = process.cpuUsage();
        stageRuns(parsed(file));
        return process.cpuUsage(start).user / 1e6;
      };
      seconds(2_000);
      const [small, large] = [seconds(4_000), seconds(32_000)];
      // Eight times the text, with room for a busy machine; quadratic time would take 64 times as long.
      assert.ok(large < 30 * Math.max(small, 0.02), `${JSON.stringify(shape)}: ${small} s, then ${large} s`);
    }
  }).timeout(60_000);
});

function checkSpans(file: DockerfileFile): void {
  const whole: Span = { start: 0, end: file.source.text.length };
  let position = 0;
  for (const instruction of file.instructions) {
    inside(instruction.span, whole);
    assert.ok(instruction.span.start >= position, 'instructions follow each other');
    position = instruction.span.end;
    checkInstruction(instruction, instruction.span);
  }
  for (const { span } of [...file.problems, ...file.comments, ...file.directives, ...file.stages]) inside(span, whole);
}

function checkInstruction(instruction: DockerfileInstruction, outer: Span): void {
  inside(instruction.headSpan, outer);
  inside(instruction.keywordSpan, instruction.headSpan);
  for (const flag of instruction.flags) {
    inside(flag.span, instruction.headSpan);
    for (const option of flag.options) inside(option.span, flag.span);
  }
  for (const word of instruction.words) inside(word.span, instruction.headSpan);
  for (const assignment of instruction.assignments) inside(assignment.nameSpan, assignment.span);
  for (const heredoc of instruction.heredocs) {
    inside(heredoc.span, outer);
    inside(heredoc.contentSpan, outer);
  }
  if (instruction.trigger) checkInstruction(instruction.trigger, outer);
}

function inside(inner: Span, outer: Span): void {
  assert.ok(
    inner.start <= inner.end && outer.start <= inner.start && inner.end <= outer.end,
    `${JSON.stringify(inner)} in ${JSON.stringify(outer)}`,
  );
}

/** What the builder makes of a file: blanks between words do not count, everything else does. */
function meaning(file: DockerfileFile): unknown {
  return file.instructions.map(({ keyword, flags, body, heredocs }) => [
    keyword,
    flags.map(({ name, value }) => [name, value]),
    body.text.replace(/[ \t]+/g, ' '),
    heredocs.map(({ contentSpan }) => file.source.slice(contentSpan)),
  ]);
}
