/**
 * The tools that an assistant may use: over the Model Context Protocol (`slipway mcp`) and in the editor. One list of names
 * and JSON Schemas (2020-12) for both, so that what is said of one holds for the other. Lines and columns count from 1, as
 * editors show them; files are relative to the workspace folder, or absolute where there are several.
 */
export interface AssistantTool {
  readonly name: AssistantToolName;
  readonly title: string;
  /** What a model reads to choose the tool. */
  readonly description: string;
  readonly inputSchema: JsonObjectSchema;
  readonly outputSchema: JsonObjectSchema;
  /** Whether it may change files, when its input asks for that. */
  readonly mayWrite: boolean;
}

export type AssistantToolName = 'check' | 'patterns' | 'explain' | 'apply';

/** A JSON Schema of an object. */
export interface JsonObjectSchema {
  readonly type: 'object';
  readonly properties: Readonly<Record<string, unknown>>;
  readonly required?: readonly string[];
  readonly additionalProperties: false;
}

const TEXT = { type: 'string' };
const COUNT = { type: 'integer', minimum: 0 };
const LINE = { type: 'integer', minimum: 1 };
const PLACE = { file: TEXT, line: LINE, column: LINE, endLine: LINE, endColumn: LINE };

export interface CheckInput {
  readonly paths?: readonly string[];
  readonly profile?: 'recommended' | 'strict';
  readonly severity?: 'error' | 'warning' | 'information';
  readonly limit?: number;
}

export interface PatternsInput {
  readonly pattern?: string;
}

export interface ExplainInput {
  readonly id: string;
}

export interface ApplyInput {
  readonly pattern: string;
  readonly workload: string;
  readonly namespace?: string;
  readonly write?: boolean;
}

const check: AssistantTool = {
  name: 'check',
  title: 'Check the workspace',
  description:
    'Finds faults in the Dockerfiles, Kubernetes and Istio manifests, Helm charts, Kustomize overlays and Terraform of the workspace, by the rules that the editor uses. Each finding names its rule; explain tells more about it.',
  inputSchema: {
    type: 'object',
    properties: {
      paths: {
        type: 'array',
        items: TEXT,
        maxItems: 1000,
        description: 'Files or folders of the workspace to tell the findings of. Without it: all.',
      },
      profile: {
        type: 'string',
        enum: ['recommended', 'strict'],
        description: 'Which rules run. Without it: what slipway.yaml says, else recommended.',
      },
      severity: {
        type: 'string',
        enum: ['error', 'warning', 'information'],
        description: 'The least severity to tell of. Without it: information, which is all.',
      },
      limit: {
        type: 'integer',
        minimum: 1,
        maximum: 1000,
        description: 'The most findings to return, the worst first. Without it: 100.',
      },
    },
    additionalProperties: false,
  },
  outputSchema: {
    type: 'object',
    properties: {
      findings: {
        type: 'array',
        items: {
          type: 'object',
          properties: {
            rule: TEXT,
            severity: { type: 'string', enum: ['error', 'warning', 'information'] },
            message: TEXT,
            ...PLACE,
            related: {
              type: 'array',
              items: {
                type: 'object',
                properties: { message: TEXT, ...PLACE },
                required: ['message', ...Object.keys(PLACE)],
                additionalProperties: false,
              },
            },
            fixes: { type: 'array', items: TEXT, description: 'Titles of the quick fixes that the editor offers.' },
          },
          required: ['rule', 'severity', 'message', ...Object.keys(PLACE), 'related', 'fixes'],
          additionalProperties: false,
        },
      },
      total: { ...COUNT, description: 'How many findings there are, those beyond the limit included.' },
      files: { ...COUNT, description: 'How many files were checked.' },
    },
    required: ['findings', 'total', 'files'],
    additionalProperties: false,
  },
  mayWrite: false,
};

const patterns: AssistantTool = {
  name: 'patterns',
  title: 'List architecture patterns',
  description:
    'Lists the architecture patterns of the catalog with their uses in the workspace: who plays which role at which line, and which roles are missing. Uses that miss nothing are complete, uses with findings of their own rules are faulty.',
  inputSchema: {
    type: 'object',
    properties: {
      pattern: { type: 'string', description: 'The id of one pattern, such as canary. Without it: the whole catalog.' },
    },
    additionalProperties: false,
  },
  outputSchema: {
    type: 'object',
    properties: {
      patterns: {
        type: 'array',
        items: {
          type: 'object',
          properties: {
            id: TEXT,
            title: TEXT,
            category: TEXT,
            summary: TEXT,
            applicable: { type: 'boolean', description: 'apply can add it to a workload.' },
            uses: {
              type: 'array',
              items: {
                type: 'object',
                properties: {
                  name: TEXT,
                  state: { type: 'string', enum: ['complete', 'incomplete', 'faulty'] },
                  participants: {
                    type: 'array',
                    items: {
                      type: 'object',
                      properties: { role: TEXT, resource: TEXT, file: TEXT, line: LINE },
                      required: ['role', 'resource', 'file', 'line'],
                      additionalProperties: false,
                    },
                  },
                  missing: { type: 'array', items: TEXT },
                },
                required: ['name', 'state', 'participants', 'missing'],
                additionalProperties: false,
              },
            },
          },
          required: ['id', 'title', 'category', 'summary', 'applicable', 'uses'],
          additionalProperties: false,
        },
      },
    },
    required: ['patterns'],
    additionalProperties: false,
  },
  mayWrite: false,
};

const explain: AssistantTool = {
  name: 'explain',
  title: 'Explain a pattern or rule',
  description:
    'Returns the page of a pattern or group of rules, or the section of one rule, as Markdown: what it is for, what can go wrong, with a failing and a passing example.',
  inputSchema: {
    type: 'object',
    properties: {
      id: {
        type: 'string',
        minLength: 1,
        description: 'A pattern, such as canary, or a rule, such as canary/weights-sum-zero.',
      },
    },
    required: ['id'],
    additionalProperties: false,
  },
  outputSchema: {
    type: 'object',
    properties: { title: TEXT, markdown: TEXT },
    required: ['title', 'markdown'],
    additionalProperties: false,
  },
  mayWrite: false,
};

const apply: AssistantTool = {
  name: 'apply',
  title: 'Apply a pattern to a workload',
  description:
    'Adds an architecture pattern to a workload of the workspace, with names, labels, ports and namespace taken from it. Returns the change of the files; writes it only when write is true.',
  inputSchema: {
    type: 'object',
    properties: {
      pattern: { type: 'string', minLength: 1, description: 'The id of the pattern, such as hpa.' },
      workload: {
        type: 'string',
        minLength: 1,
        description: 'The workload by its name, or by kind and name: Deployment cart.',
      },
      namespace: { type: 'string', description: 'The namespace of the workload, where the name alone is not enough.' },
      write: { type: 'boolean', description: 'Write the change to the files. Without it the change is only returned.' },
    },
    required: ['pattern', 'workload'],
    additionalProperties: false,
  },
  outputSchema: {
    type: 'object',
    properties: {
      workload: TEXT,
      files: {
        type: 'array',
        items: {
          type: 'object',
          properties: {
            file: TEXT,
            change: { type: 'string', enum: ['edit', 'create'] },
            edits: {
              type: 'array',
              description: 'What to replace, from the last to the first; a new file has one edit at its beginning.',
              items: {
                type: 'object',
                properties: { line: LINE, column: LINE, endLine: LINE, endColumn: LINE, newText: TEXT },
                required: ['line', 'column', 'endLine', 'endColumn', 'newText'],
                additionalProperties: false,
              },
            },
          },
          required: ['file', 'change', 'edits'],
          additionalProperties: false,
        },
      },
      diff: { type: 'string', description: 'The change as a unified diff, to be read; values of secrets are masked.' },
      written: { type: 'boolean' },
    },
    required: ['workload', 'files', 'diff', 'written'],
    additionalProperties: false,
  },
  mayWrite: true,
};

export const ASSISTANT_TOOLS: readonly AssistantTool[] = [check, patterns, explain, apply];

/** Has the server use one of its tools for an assistant of the editor. */
export const assistantToolRequest = 'slipway/assistantTool';
export interface AssistantToolParams {
  readonly tool: string;
  readonly input: unknown;
}
/** `refused` says in words what was wrong with the input; it is for the model to read. */
export type AssistantToolResult = { readonly output: object } | { readonly refused: string };
