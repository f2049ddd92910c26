import type { LintRule } from './finding';
import { syntaxFault } from '@fawkes/backstage-plugin-provisioning-node';

const key = (root: string, path: string[]) => [root, ...path].join('.');

/** A value that the skeleton reads and no step passes renders to nothing. */
export const valueNotPassed: LintRule = {
  name: 'value-not-passed',
  severity: 'error',
  reason: 'A value that is not passed leaves a gap in the file, and no error',
  check: ({ skeletons }) =>
    skeletons.flatMap(({ files, values }) =>
      files.flatMap(({ path, references }) =>
        references
          .filter(
            ({ root, path: [first], guarded }) =>
              root === 'values' &&
              first !== undefined &&
              !guarded &&
              !values.has(first),
          )
          .map(({ line, path: keys }) => ({
            path,
            line,
            subject: keys[0],
            message: `values.${keys[0]} is read here and passed by no step`,
          })),
      ),
    ),
};

/** An expression that is another tool's is rendered away. */
export const foreignExpression: LintRule = {
  name: 'foreign-expression',
  severity: 'error',
  reason:
    'What another tool should read, e.g. ${{ github.sha }}, is rendered to nothing unless raw keeps it',
  check: ({ skeletons }) =>
    skeletons.flatMap(({ files }) =>
      files.flatMap(({ path, references }) =>
        references
          .filter(({ root }) => root !== 'values')
          .map(({ line, root, path: keys }) => ({
            path,
            line,
            subject: key(root, keys),
            message: `${key(
              root,
              keys,
            )} is not ours and would vanish; put it between {% raw %} and {% endraw %}`,
          })),
      ),
    ),
};

/** A text that the engine cannot read. */
export const expressionInvalid: LintRule = {
  name: 'expression-invalid',
  severity: 'error',
  reason:
    'In the input of a step a broken expression is no error: its own text lands in the file',
  check: ({ entity, skeletons }) => [
    ...(entity?.texts ?? []).flatMap(({ text, line }) => {
      const fault = syntaxFault(text);
      return fault
        ? [
            {
              path: 'template.yaml',
              line: line + fault.line - 1,
              subject: text.slice(0, 80),
              message: fault.message,
            },
          ]
        : [];
    }),
    ...skeletons.flatMap(({ files }) =>
      files.flatMap(({ path, text, templated }) => {
        const fault = templated ? syntaxFault(text) : undefined;
        return fault
          ? [{ path, line: fault.line, subject: path, message: fault.message }]
          : [];
      }),
    ),
  ],
};

/** A parameter that the form does not have. */
export const parameterUndefined: LintRule = {
  name: 'parameter-undefined',
  severity: 'error',
  reason: 'Nobody is asked for it, so it is always empty',
  check: ({ entity, references }) => {
    if (!entity || entity.parametersElsewhere) return [];
    const known = new Set(entity.parameters.map(({ name }) => name));
    return references
      .filter(
        ({ root, path: [first], guarded }) =>
          root === 'parameters' &&
          first !== undefined &&
          !guarded &&
          !known.has(first),
      )
      .map(({ line, path: [first] }) => ({
        path: 'template.yaml',
        line,
        subject: first,
        message: `parameters.${first} is read here and is no field of the form`,
      }));
  },
};

/** A step that there is not, or its outputs by a word that is none. */
export const stepUndefined: LintRule = {
  name: 'step-undefined',
  severity: 'error',
  reason: 'What a step that does not exist tells is empty',
  check: ({ entity, references }) => {
    const ids = new Set(entity?.steps.map(({ id }) => id));
    return references.flatMap(({ root, path: keys, guarded, line }) => {
      const at = { path: 'template.yaml', line };
      if (root === 'outputs' || (root === 'steps' && keys[1] === 'outputs')) {
        return [
          {
            ...at,
            subject: key(root, keys),
            message: 'Outputs of a step are read as steps.<id>.output.<name>',
          },
        ];
      }
      const [id] = keys;
      if (root !== 'steps' || id === undefined || guarded || ids.has(id)) {
        return [];
      }
      return [{ ...at, subject: id, message: `There is no step ${id}` }];
    });
  },
};

/** A value that is passed and read nowhere. */
export const valueUnused: LintRule = {
  name: 'value-unused',
  severity: 'warning',
  reason: 'It misleads whoever reads the template',
  check: ({ skeletons }) =>
    skeletons
      .filter(({ chosen, files }) => chosen && files.length > 0)
      .flatMap(({ files, values, line }) => {
        const read = new Set(
          files.flatMap(({ references }) =>
            references.map(({ path: [first] }) => first),
          ),
        );
        return [...values.keys()]
          .filter(name => !read.has(name))
          .map(name => ({
            path: 'template.yaml',
            line,
            subject: name,
            message: `values.${name} is passed and no file reads it`,
          }));
      }),
};

/** A field of the form whose answer nobody reads. */
export const parameterUnused: LintRule = {
  name: 'parameter-unused',
  severity: 'warning',
  reason: 'People are asked for something that changes nothing',
  check: ({ entity, references }) => {
    if (!entity) return [];
    const mentioned = references.filter(({ root }) => root === 'parameters');
    // `${{ parameters | dump }}` reads all of them.
    if (mentioned.some(({ path }) => path.length === 0)) return [];
    const read = new Set(mentioned.map(({ path: [first] }) => first));
    const seen = new Set<string>();
    return entity.parameters
      .filter(({ name }) => {
        const first = !seen.has(name);
        seen.add(name);
        return first && !read.has(name);
      })
      .map(({ name, line }) => ({
        path: 'template.yaml',
        line,
        subject: name,
        message: `The form asks for ${name} and no step reads it`,
      }));
  },
};
