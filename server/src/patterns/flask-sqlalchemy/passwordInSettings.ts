import { PYTHON_SETTINGS, type PythonFile, placeIn } from '../../languages/python/pythonLanguage.ts';
import type { PythonValue } from '../../languages/python/pythonValue.ts';
import { defineRule } from '../../rules/contract.ts';
import { readDatabaseAddress } from '../../workspace/applications/databaseAddress.ts';

/** Hosts of a developer's own machine, whose passwords guard nothing. */
const LOCAL = /^(?:localhost|127\.|\[?::1|0\.0\.0\.0|host\.docker\.internal|db|database|postgres|mysql|mariadb)/;

/** Who reads the sources or the image reads the password, and it cannot be changed without a new image. */
export const rule = defineRule({
  id: 'flask-sqlalchemy/password-in-settings',
  severity: 'warning',
  profile: 'recommended',
  types: [PYTHON_SETTINGS],
  *check(resource) {
    if (/\/tests?\//.test(resource.uri)) return;
    const file = resource.model as PythonFile;
    const values: PythonValue[] = [
      ...file.module.settings.map(({ value }) => value),
      ...file.module.calls
        .filter(({ callee }) => /create_(?:async_)?engine$/.test(callee))
        .flatMap(({ positional: [url] }) => url ?? []),
    ];
    const told = new Set<number>();
    for (const { environment, ...own } of values) {
      const value = environment?.fallback ?? own;
      const address = typeof value.literal === 'string' ? readDatabaseAddress(value.literal) : undefined;
      if (!address?.hasPassword || !address.host || LOCAL.test(address.host) || told.has(value.span.start)) continue;
      told.add(value.span.start);
      yield {
        at: placeIn(file, value.span),
        message: `The password of the database at ${address.host} stands in the sources, and so in every image: read it from a mounted Secret.`,
      };
    }
  },
});
