import { SPRING_SETTINGS } from '../../languages/java/springSettings.ts';
import { defineRule } from '../../rules/contract.ts';
import { readDatabaseAddress } from '../../workspace/applications/databaseAddress.ts';
import { effectiveIn, isServing, nameOf } from './springData.ts';

const KEYS = ['spring.datasource.password', 'spring.datasource.hikari.password', 'spring.r2dbc.password'];

/** A password in a file of the image is one for everybody who can pull it, and cannot be changed without a build. */
export const rule = defineRule({
  id: 'spring-data/credential-literal',
  severity: 'warning',
  profile: 'recommended',
  types: [SPRING_SETTINGS],
  *check(resource, graph) {
    for (const key of KEYS) {
      for (const { settings, setting, certain } of effectiveIn(resource, key, graph)) {
        if (!certain || !isServing(settings) || setting.value === undefined || setting.value === '') continue;
        // An embedded database has no password worth keeping.
        const url = settings.get('spring.datasource.url')?.value;
        if (url !== undefined && readDatabaseAddress(url)?.host === undefined) continue;
        yield {
          at: setting.at,
          message: `The password of the database stands in ${fileName(setting.at.source.uri)}, and ${nameOf(settings)} uses it: nothing of its environment overrides it.`,
        };
      }
    }
  },
});

function fileName(uri: string): string {
  return uri.slice(uri.lastIndexOf('/') + 1);
}
