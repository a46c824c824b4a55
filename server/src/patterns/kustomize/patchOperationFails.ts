import { kustomizationRule } from './kustomizationRule.ts';

/** An operation of a JSON patch cannot be done on an object that it is for: the build stops. */
export const rule = kustomizationRule('patch-operation-fails', 'error', 'recommended', function* ({ build, resource }) {
  for (const { entry, failed } of build.patches) {
    if (!failed) continue;
    const { at, message, object } = failed;
    const { kind, name } = object.written;
    const isHere = at.source.uri === resource.uri;
    const path = entry.find('path');
    yield {
      at: isHere ? at : (path ?? entry),
      message: `Nothing is built: ${kind} ${name ?? ''} ${message}.`,
      ...(isHere ? {} : { related: [{ at, message: 'This operation cannot be done.' }] }),
    };
  }
});
