import { type Place, SourceNode } from '../../text/sourceNode.ts';
import type { SourceText, Span } from '../../text/sourceText.ts';
import { applicationFile } from '../../workspace/applications/applicationFiles.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { Language, ParsedFile } from '../language.ts';
import { type PythonModule, readPython } from './pythonSettings.ts';
import type { PythonValue } from './pythonValue.ts';

/** A module with settings of an application; the `model` of all three types is the `PythonFile`. */
export const PYTHON_SETTINGS = 'application/PythonSettings';
/** A `gunicorn.conf.py` or its like. */
export const GUNICORN_SETTINGS = 'application/GunicornSettings';
/** A revision of Alembic; named by its `revision`. */
export const ALEMBIC_REVISION = 'application/AlembicRevision';

export interface PythonFile extends ParsedFile {
  readonly language: 'python';
  readonly module: PythonModule;
}

/** The names of modules in which projects keep settings, the engine or the application itself. */
const FILES =
  /\/(?:settings|config|configuration|gunicorn|database|db|engine|session|extensions|models?|application|app|main|wsgi|asgi|cache|caching|__init__|[^/]*_settings|[^/]*_config|gunicorn[^/]*)\.py$|\/(?:settings|config|versions)\/[^/]+\.py$/i;

/** What makes such a module worth reading. */
const MARKS =
  /SQLALCHEMY_|create_(?:async_)?engine|DATABASE_UR[IL]|CACHE_|down_revision|\bFlask\(|FastAPI\(|\bredis\b|\bmemcache|gunicorn/;

export const pythonLanguage: Language<PythonFile> = {
  id: 'python',
  files: FILES,
  claims: (uri, text) => text.length < 1_000_000 && (isGunicorn(uri) || MARKS.test(text)),
  parse: parsePython,
  facts: (file) => ({ resources: [resourceOf(file)] }),
  outline: () => [],
  foldings: () => [],
};

/** Never throws; what cannot be read is not there. */
export function parsePython(source: SourceText): PythonFile {
  const root = new SourceNode(source, { kind: 'unknown', start: 0, end: source.text.length });
  return { language: 'python', source, problems: [], roots: [root], module: readPython(source.text) };
}

function resourceOf(file: PythonFile): Resource {
  const root = file.roots[0]!;
  const revision = settingOf(file, 'revision')?.value.literal;
  if (typeof revision === 'string' && settingOf(file, 'down_revision'))
    return applicationFile('AlembicRevision', root, file, revision);
  return applicationFile(isGunicorn(file.source.uri) ? 'GunicornSettings' : 'PythonSettings', root, file);
}

function isGunicorn(uri: string): boolean {
  return /\/gunicorn[^/]*\.py$/i.test(uri);
}

/** The last setting of that name: what Python keeps. */
export function settingOf(
  file: PythonFile,
  name: string,
): { readonly value: PythonValue; readonly nameSpan: Span } | undefined {
  return file.module.settings.findLast((setting) => setting.name === name);
}

export function placeIn(file: ParsedFile, span: Span): Place {
  return { source: file.source, span };
}
