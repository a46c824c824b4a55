import { PYTHON_SETTINGS, placeIn } from '../../languages/python/pythonLanguage.ts';
import { defineRule, type Finding } from '../../rules/contract.ts';
import { enginesOf } from '../../workspace/applications/pythonDatabaseClients.ts';
import { sourceFolderOf } from '../../workspace/applications/sourceFolders.ts';

/** A pool keeps connections that a restart or an idle timeout of the database has closed, and the next request fails. */
export const rule = defineRule({
  id: 'flask-sqlalchemy/connections-not-checked',
  severity: 'information',
  // A request that fails after a failover is what some rather have than one more round trip.
  profile: 'strict',
  types: [PYTHON_SETTINGS],
  *check(resource, graph) {
    const folder = sourceFolderOf(resource, graph);
    for (const engine of folder ? enginesOf(folder) : []) {
      const names = engine.options.map(({ name }) => name);
      if (engine.resource !== resource || engine.open || names.includes('poolclass')) continue;
      if (/^sqlite/.test(String(engine.url?.literal ?? ''))) continue;
      const written = engine.options.find(({ name }) => name === 'pool_pre_ping');
      if (written ? written.value.literal !== false : names.includes('pool_recycle')) continue;
      const finding: Finding = {
        at: placeIn(engine.file, written?.value.span ?? engine.span),
        message:
          'Connections are not checked before they are used: those that the database has closed meanwhile make requests fail.',
      };
      const fix = written && {
        title: 'Check connections first',
        safe: true,
        edits: () => [{ uri: resource.uri, span: written.value.span, newText: 'True' }],
      };
      yield fix ? { ...finding, fixes: [fix] } : finding;
    }
  },
});
