import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { FailurePlace, FailureReport } from '../../../client/src/cluster/failure.ts';
import { deliveryLogLines, failureText } from '../../../client/src/delivery/deliveryLogLines.ts';
import { deliveryMessage } from '../../../client/src/delivery/deliveryMessage.ts';
import { manifestRange } from '../../../client/src/delivery/manifest.ts';
import type { DeliveryOutput } from './deliveryOutput.ts';

/**
 * A delivery as lines of text: what happens on standard output, what failed on standard error, with the line of the
 * file that it comes from. A state that stays the same is told once.
 */
export function deliveryHuman(out: (text: string) => void, error: (text: string) => void): DeliveryOutput {
  let told = '';
  return {
    event(event, state) {
      for (const { level, text } of deliveryLogLines(event)) {
        if (level === 'debug' || event.type === 'step-failed') continue;
        (level === 'info' ? out : error)(`${text}\n`);
      }
      if (event.type !== 'rollout' && event.type !== 'build-progress' && event.type !== 'push-progress') return;
      const message = deliveryMessage(state);
      // A push counts bytes; a line for each would be a flood.
      if (message === told || message === '' || event.type === 'push-progress') return;
      told = message;
      out(`${message}\n`);
    },
    ended({ failure, remains, status }) {
      if (failure === undefined) {
        if (status === 'done') out('Done.\n');
        return;
      }
      const lines = failure.kind === 'cancelled' ? [failure.message] : [failureText(failure), ...placesOf(failure)];
      error(`${[lines.join('\n  '), ...remains].join('\n')}\n`);
    },
  };
}

function placesOf({ places }: FailureReport): string[] {
  return places.map((place) => `at ${place.file === '' ? 'an unknown file' : relative(place.file)}${lineOf(place)}`);
}

/** `:12`, counted from 1; nothing where the line is not known. */
function lineOf({ documentIndex, file, line, path: field }: FailurePlace): string {
  if (line !== undefined) return `:${line + 1}`;
  if (field === undefined) return '';
  try {
    const range = manifestRange(readFileSync(file, 'utf8'), documentIndex ?? 0, field);
    return range ? `:${range.start.line + 1}` : '';
  } catch {
    // The file was moved meanwhile: its name is still worth telling.
    return '';
  }
}

function relative(file: string): string {
  const near = path.relative(process.cwd(), file);
  return near.startsWith('..') ? file : near.split(path.sep).join('/');
}
