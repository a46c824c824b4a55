import assert from 'node:assert/strict';
import { type ImageFacts, imageFacts } from '../../../server/src/languages/dockerfile/imageFacts.ts';
import { parsed } from './exampleDockerfile.ts';

function factsOf(...lines: string[]): ImageFacts {
  const facts = imageFacts(parsed(lines.join('\n')));
  assert.ok(facts);
  return facts;
}

describe('imageFacts', () => {
  it('tells ports, with variables, ranges and protocols', () => {
    const { exposedPorts, exposedPortsRead } = factsOf(
      'FROM a',
      'ENV PORT=8080',
      'EXPOSE $PORT 9000-9002/UDP',
      'EXPOSE 53/sctp',
    );
    assert.deepEqual(
      exposedPorts.map(({ first, last, protocol }) => [first, last, protocol]),
      [
        [8080, 8080, 'tcp'],
        [9000, 9002, 'udp'],
        [53, 53, 'sctp'],
      ],
    );
    assert.equal(exposedPortsRead, true);
  });

  it('says when a port could not be read', () => {
    const { exposedPorts, exposedPortsRead } = factsOf('FROM a', 'ARG PORT=80', 'EXPOSE $PORT');
    assert.deepEqual(exposedPorts, []);
    assert.equal(exposedPortsRead, false);
  });

  it('looks at the last stage and those that it starts from', () => {
    const facts = factsOf(
      'FROM golang:1.23 AS build',
      'USER 0',
      'EXPOSE 1',
      'FROM node:22 AS base',
      'USER node',
      'EXPOSE 2',
      'WORKDIR /app',
      'FROM base',
      'USER 1000:1000',
      'EXPOSE 3',
    );
    assert.deepEqual(
      facts.exposedPorts.map(({ first }) => first),
      [2, 3],
    );
    assert.deepEqual([facts.user?.name, facts.user?.uid, facts.user?.isRoot], ['1000', 1000, false]);
    assert.equal(facts.workdir?.path, '/app');
    assert.equal(facts.baseImage?.name, 'node');
  });

  it('knows root by name and number, and leaves build arguments open', () => {
    assert.equal(factsOf('FROM a', 'USER root:app').user?.isRoot, true);
    assert.equal(factsOf('FROM a', 'USER 0').user?.isRoot, true);
    assert.equal(factsOf('FROM a', 'ARG U=root', 'USER $U').user?.isRoot, 'unknown');
    assert.equal(factsOf('FROM a').user, undefined);
  });

  it('tells the entry process in both forms', () => {
    const { entrypoint, command } = factsOf('FROM a', 'ENTRYPOINT ["/bin/app", "run"]', 'CMD serve --port 80');
    assert.deepEqual(entrypoint?.words, ['/bin/app', 'run']);
    assert.equal(command?.commandLine, 'serve --port 80');
  });

  it('lets an ENTRYPOINT clear the CMD of an earlier stage, but not its own', () => {
    assert.equal(factsOf('FROM a AS b', 'CMD ["x"]', 'FROM b', 'ENTRYPOINT ["y"]').command, undefined);
    assert.deepEqual(factsOf('FROM a', 'CMD ["x"]', 'ENTRYPOINT ["y"]').command?.words, ['x']);
  });

  it('tells a health check from HEALTHCHECK NONE', () => {
    assert.equal(factsOf('FROM a', 'HEALTHCHECK CMD x').healthcheck?.disabled, false);
    assert.equal(factsOf('FROM a', 'HEALTHCHECK NONE').healthcheck?.disabled, true);
  });

  it('has nothing to say of a file without a stage', () => {
    assert.equal(imageFacts(parsed('ARG A')), undefined);
  });
});
