import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { CancellationToken, LSPErrorCodes, ResponseError } from 'vscode-languageserver/node';
import { Faults } from '../../server/src/lsp/faults.ts';

describe('the border at which faults are caught', () => {
  const log: string[] = [];
  const faults = new Faults((message) => log.push(message), false);
  const failing = (): never => {
    throw new Error('planted');
  };

  it('costs a request its answer and nothing else, and logs the stack', async () => {
    log.length = 0;
    const answer = await faults.request('a request', 'nothing', failing)(undefined, CancellationToken.None);
    assert.equal(answer, 'nothing');
    assert.equal(log.length, 1);
    assert.match(log[0]!, /^Fault in a request: Error: planted\n\s+at /);
  });

  it('lets an answer pass that says no', async () => {
    log.length = 0;
    const refuse = faults.request('a request', null, () => {
      throw new ResponseError(LSPErrorCodes.RequestFailed, 'No.');
    });
    await assert.rejects(refuse(undefined, CancellationToken.None), /No\./);
    assert.deepEqual(log, []);
  });

  it('does not begin what is cancelled already', async () => {
    let begun = false;
    const request = faults.request('a request', null, () => {
      begun = true;
      return null;
    });
    await assert.rejects(request(undefined, CancellationToken.Cancelled), (error: ResponseError<void>) => {
      return error.code === LSPErrorCodes.RequestCancelled;
    });
    assert.equal(begun, false);
  });

  it('catches what notifications throw, now or later', async () => {
    log.length = 0;
    faults.notification('a notification', failing)(undefined);
    faults.notification('a later one', async () => failing())(undefined);
    await new Promise(setImmediate);
    assert.deepEqual(
      log.map((line) => line.split(':')[0]),
      ['Fault in a notification', 'Fault in a later one'],
    );
  });
});
