import assert from 'node:assert/strict';
import type { DockerfileInstruction } from '../../../server/src/languages/dockerfile/dockerfileFile.ts';
import { parsed } from './exampleDockerfile.ts';

describe('parseDockerfile', () => {
  it('joins continued lines, leaving comment lines and blank lines out, and keeps every place', () => {
    const text = 'FROM a\nRUN one \\\n# why\n\n  && two \\ \n  --x\n';
    const [, run] = parsed(text).instructions;
    assert.equal(run!.body.text, 'one   && two   --x');
    const at = run!.body.text.indexOf('two');
    assert.equal(run!.body.sourceOffset(at), text.indexOf('two'));
    assert.equal(text.slice(run!.span.start, run!.span.end), text.slice(7, -1));
    assert.equal(run!.emptyContinuations.length, 1);
  });

  it('joins with a backtick where the escape directive says so', () => {
    const { instructions, escape: escapeCharacter } = parsed('# escape=`\nFROM a\nCOPY C:\\x `\n  D:\\\n');
    assert.equal(escapeCharacter, '`');
    assert.deepEqual(words(instructions[1]), ['C:\\x', 'D:\\']);
  });

  it('does not join at a doubled escape', () => {
    const { instructions } = parsed('FROM a\nRUN echo \\\\\nRUN two');
    assert.deepEqual(
      instructions.map(({ keyword }) => keyword),
      ['FROM', 'RUN', 'RUN'],
    );
  });

  it('reads directives only at the top', () => {
    const file = parsed(
      '#syntax=docker/dockerfile:1\n# check = skip=UndefinedVar, FromAsCasing;error=true\n# a remark\n# escape=`\nFROM a',
    );
    assert.deepEqual(
      file.directives.map(({ name, value }) => [name, value]),
      [
        ['syntax', 'docker/dockerfile:1'],
        ['check', 'skip=UndefinedVar, FromAsCasing;error=true'],
      ],
    );
    assert.deepEqual(file.check?.skip, ['UndefinedVar', 'FromAsCasing']);
    assert.equal(file.check?.error, true);
    assert.equal(file.escape, '\\');
    assert.deepEqual(
      file.comments.map(({ text }) => text),
      ['a remark', 'escape=`'],
    );
  });

  it('reads through a byte order mark and Windows line ends', () => {
    const text = '\ufeff# syntax=x\r\nFROM a AS b\r\nRUN one \\\r\n two\r\n';
    const { instructions, directives } = parsed(text);
    assert.equal(directives.length, 1);
    assert.deepEqual(words(instructions[0]), ['a', 'AS', 'b']);
    assert.equal(instructions[1]!.body.text, 'one  two');
  });

  it('reads several heredocs of one instruction, with tabs and quotes', () => {
    const text = 'FROM a\nRUN <<A cat && <<-"B" tee x\none\nA\n\ttwo $X\n\tB\nCMD x';
    const [, run, cmd] = parsed(text).instructions;
    assert.deepEqual(
      run!.heredocs.map((heredoc) => [
        heredoc.name,
        text.slice(heredoc.contentSpan.start, heredoc.contentSpan.end),
        heredoc.stripsTabs,
        heredoc.expands,
      ]),
      [
        ['A', 'one\n', false, true],
        ['B', '\ttwo $X\n', true, false],
      ],
    );
    assert.equal(cmd!.keyword, 'CMD');
  });

  it('takes no heredoc from here-strings, quotes, exec forms or other instructions', () => {
    for (const line of ['RUN cat <<<EOF', 'RUN echo "<<EOF"', 'RUN ["cat", "<<EOF"]', 'ENV A=<<EOF', 'CMD cat <<EOF']) {
      const { instructions } = parsed(`FROM a\n${line}\nUSER b\nEOF`);
      assert.equal(instructions[2]!.keyword, 'USER', line);
    }
  });

  it('reads the heredocs of what ONBUILD keeps', () => {
    const { instructions, problems } = parsed('FROM a\nONBUILD COPY <<F /f\nFROM text\nF\nUSER b');
    assert.deepEqual(
      instructions.map(({ keyword }) => keyword),
      ['FROM', 'ONBUILD', 'USER'],
    );
    assert.equal(instructions[1]!.trigger!.heredocs[0]!.name, 'F');
    assert.deepEqual(problems, []);
  });

  it('reads flags with the places of their values and options', () => {
    const text = 'FROM a\nRUN --mount=type=cache,target="/a,b",ro --network=none make\nCOPY --link --from=x a b';
    const [, run, copy] = parsed(text).instructions;
    const [mount, network] = run!.flags;
    assert.deepEqual(
      mount!.options.map(({ key, value }) => [key, value]),
      [
        ['type', 'cache'],
        ['target', '/a'],
        ['b', undefined],
        ['ro', undefined],
      ],
    );
    assert.equal(text.slice(mount!.options[0]!.valueSpan!.start, mount!.options[0]!.valueSpan!.end), 'cache');
    assert.equal(network!.value, 'none');
    assert.equal(run!.body.text, 'make');
    assert.deepEqual(
      copy!.flags.map(({ name, value }) => [name, value]),
      [
        ['link', undefined],
        ['from', 'x'],
      ],
    );
  });

  it('tells the exec form from what only looks like it', () => {
    const forms = ['["a", "b\\"c"]', '[ "a" ] && b', "['a']", '[]'].map((form) =>
      parsed(`FROM a\nCMD ${form}`).instructions[1]!.json?.items.map(({ value }) => value),
    );
    assert.deepEqual(forms, [['a', 'b"c'], undefined, undefined, []]);
  });

  it('knows the place inside each string of the exec form', () => {
    const text = 'FROM a\nCMD ["sh", "-c", "echo hi"]';
    const item = parsed(text).instructions[1]!.json!.items[2]!;
    assert.equal(item.inner.sourceOffset(5), text.indexOf('hi'));
  });

  it('reads ENV, LABEL and ARG in all their forms', () => {
    const read = (line: string) =>
      parsed(`FROM a\n${line}`).instructions[1]!.assignments.map(({ name, value, legacy }) => [
        name,
        value?.text,
        legacy,
      ]);
    assert.deepEqual(read('ENV A=b\\ c D="x y" E=\'q\' F='), [
      ['A', 'b\\ c', false],
      ['D', '"x y"', false],
      ['E', "'q'", false],
      ['F', '', false],
    ]);
    assert.deepEqual(read('ENV A b = c'), [['A', 'b = c', true]]);
    assert.deepEqual(read('LABEL "a b"=c'), [['a b', 'c', false]]);
    assert.deepEqual(read('ARG A B=c'), [
      ['A', undefined, false],
      ['B', 'c', false],
    ]);
  });

  it('finds what each stage starts from', () => {
    const { stages } = parsed(
      'ARG V=1\nFROM golang:1.23 AS Build\nFROM build AS test\nFROM scratch\nFROM app:$V\nFROM localhost:5000/a/b',
    );
    assert.deepEqual(
      stages.map(({ name, base }) => [
        name,
        base.kind === 'image' ? base.reference.repository : base.kind === 'stage' ? base.stage : base.kind,
      ]),
      [
        ['build', 'library/golang'],
        ['test', 0],
        [undefined, 'scratch'],
        [undefined, 'unknown'],
        [undefined, 'a/b'],
      ],
    );
  });

  it('follows SHELL through stages, and leaves Windows alone', () => {
    const shells = parsed(
      'FROM a AS b\nSHELL ["/bin/bash", "-c"]\nRUN x\nFROM b\nRUN x\nFROM c\nRUN x\nFROM mcr.microsoft.com/windows/nanoserver:1809\nRUN x',
    )
      .instructions.filter(({ keyword }) => keyword === 'RUN')
      .map(({ shell }) => shell.words?.[0]);
    assert.deepEqual(shells, ['/bin/bash', '/bin/bash', '/bin/sh', 'cmd']);
  });

  it('gives comments to the instruction below, up to a blank line or an empty comment', () => {
    const above = (text: string) => parsed(text).instructions[0]!.commentsAbove.map((comment) => comment.text);
    assert.deepEqual(above('# one\n# two\nFROM a'), ['one', 'two']);
    assert.deepEqual(above('# one\n\n# two\nFROM a'), ['two']);
    assert.deepEqual(above('# one\n#\n# two\nFROM a'), ['two']);
  });
});

describe('problems of a Dockerfile', () => {
  const cases: readonly [string, string, string][] = [
    ['RUM x', 'There is no instruction RUM. Did you mean RUN?', 'RUM'],
    ['COPY --chwon=a b c', 'COPY has no flag --chwon. Did you mean --chown?', '--chwon'],
    ['COPY --from b c', '--from needs a value: --from=….', '--from'],
    ['COPY --link=maybe b c', '--link is true or false, not "maybe".', 'maybe'],
    ['COPY --from=a --from=b c d', 'The flag --from may be given only once.', '--from=b'],
    ['HEALTHCHECK --interval=3x CMD a', '"3x" is no duration such as 30s or 1m30s.', '3x'],
    ['HEALTHCHECK --retries=-1 CMD a', "--retries can't be negative.", '-1'],
    ['HEALTHCHECK RUN a', 'HEALTHCHECK is followed by CMD or NONE, not "RUN".', 'RUN'],
    ['HEALTHCHECK NONE x', 'HEALTHCHECK NONE takes no arguments.', 'NONE x'],
    ['RUN --mount=type=cahce,target=/x a', 'There is no mount type "cahce". Did you mean cache?', 'cahce'],
    ['RUN --mount=type=cache,targt=/x a', 'A cache mount has no option "targt". Did you mean target?', 'targt'],
    ['RUN --mount=type=tmpfs,target=/x,sharing=locked a', 'A tmpfs mount has no option "sharing".', 'sharing'],
    ['RUN --mount=type=secret a', 'A secret mount needs an id or a target.', '--mount=type=secret'],
    ['COPY a', 'COPY has no destination.', ''],
    ['COPY a <<EOF\nEOF', "A heredoc can't be the destination of COPY.", '<<EOF'],
    ['ENV A', 'ENV A has no value.', 'A'],
    ['ENV A=b C', '"C" has no value: write ENV name=value.', 'C'],
    ['ENV =b', 'The name before "=" is missing.', '=b'],
    ['ENV A="b', 'The quote " is not closed.', '"b'],
    ['ENV A=${b', 'In this variable, a closing "}" is missing.', '${b'],
    ['CMD ["a", 1]', 'The JSON array of CMD may hold strings only.', '["a", 1]'],
    ['SHELL /bin/bash -c', 'SHELL takes a JSON array, such as ["/bin/bash", "-c"].', '/bin/bash -c'],
    ['FROM b c', '"c" is not understood here: FROM image [AS name].', 'c'],
    [
      'FROM b AS 1c',
      '"1c" is no stage name: it begins with a letter and holds letters, digits, "-", "_" and ".".',
      '1c',
    ],
    ['RUN <<EOF\nx', 'No line "EOF" ends this heredoc.', '<<EOF'],
    ['EXPOSE', 'EXPOSE needs a port.', 'EXPOSE'],
  ];
  for (const [line, message, place] of cases) {
    it(`says of ${JSON.stringify(line)}: ${message}`, () => {
      const { problems, source } = parsed(`FROM a\n${line}`);
      assert.deepEqual(
        problems.map((problem) => [problem.message, source.slice(problem.span)]),
        [[message, place]],
      );
    });
  }

  it('says nothing of what the builder takes', () => {
    const text = [
      '# escape=`',
      'ARG A',
      'FROM --platform=$BUILDPLATFORM a:${A:-1} AS b',
      'ADD --unpack=true --checksum=sha256:00 --keep-git-dir --exclude=a --exclude=b http://x/y z',
      'COPY --parents --link=false --chmod=u=rwX a b/',
      'RUN --mount=rw --mount=type=ssh --mount=type=secret,id=a,env=B --security=insecure --network=host --device=x make',
      'HEALTHCHECK --start-interval=1m30s --retries=3 CMD ["a"]',
      'CMD',
      'ENTRYPOINT []',
      'STOPSIGNAL --x SIGTERM',
      'EXPOSE 80/tcp $PORT',
      'ONBUILD ADD a b',
    ].join('\n');
    assert.deepEqual(parsed(text).problems, []);
  });

  it('refuses an escape directive that is no escape character, and a second one', () => {
    assert.deepEqual(
      parsed('# escape=x\n# escape=`\nFROM a').problems.map(({ code }) => code),
      ['escape-directive', 'duplicate-directive'],
    );
  });
});

function words(instruction: DockerfileInstruction | undefined): string[] {
  return instruction!.words.map(({ text }) => text);
}
