import { defineRule, type Finding } from '../../rules/contract.ts';
import type { EffectiveSetting } from '../../workspace/applications/setting.ts';
import { hasLibrary } from '../../workspace/applications/spring/javaDependencies.ts';
import { SETTING_OWNERS } from '../../workspace/applications/spring/settingOwners.ts';
import { effectiveIn, FLYWAY, isServing, LIQUIBASE, nameOf, type SpringDataApplication } from './springData.ts';

const KEYS = ['spring.jpa.hibernate.ddl-auto', 'spring.jpa.properties.hibernate.hbm2ddl.auto'];
/** What Hibernate does at start by these values. */
const DROPS = new Set(['create', 'create-drop', 'create-only', 'drop']);

/** Hibernate changes the schema of a deployed database by itself: data is lost, or the history of migrations is wrong. */
export const rule = defineRule({
  id: 'spring-data/schema-generated',
  severity: 'warning',
  profile: 'recommended',
  types: SETTING_OWNERS,
  *check(resource, graph) {
    for (const key of KEYS) {
      for (const application of effectiveIn(resource, key, graph)) {
        const finding = findingOf(application, application.setting);
        if (finding) yield application.certain ? finding : { ...finding, strict: true };
      }
    }
  },
});

function findingOf({ settings, libraries }: SpringDataApplication, setting: EffectiveSetting): Finding | undefined {
  const value = setting.value?.trim().toLowerCase();
  const url = settings.get('spring.datasource.url');
  if (value === undefined || !url || !isServing(settings) || isEmbedded(url.value)) return undefined;
  const migrates = hasLibrary(libraries, ...FLYWAY, ...LIQUIBASE) === true;
  const drops = DROPS.has(value);
  if (!drops && value !== 'update') return undefined;
  const effect = drops
    ? `${nameOf(settings)} drops or creates its tables anew whenever a pod starts`
    : `Hibernate changes the tables of ${nameOf(settings)} by guessing whenever a pod starts`;
  return {
    at: setting.at,
    message: `${effect} (${setting.name} is ${value})${migrates ? ', beside the migrations that describe them' : ''}.`,
    ...(drops && { severity: 'error' as const }),
    fixes: [
      {
        title: 'Only validate the tables',
        safe: false,
        edits: () => [{ uri: setting.at.source.uri, span: setting.at.span, newText: 'validate' }],
      },
    ],
  };
}

/** A database that lives and dies with its process may be made anew. */
function isEmbedded(url: string | undefined): boolean {
  return url !== undefined && /^jdbc:(?:h2|hsqldb|derby|sqlite):/.test(url) && !/^jdbc:h2:tcp/.test(url);
}
