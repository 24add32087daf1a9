// Generates the TypeScript client of every program from its IDL: accounts, instructions,
// types, errors. `npm run generate` writes src/generated.
import { createFromRoot, definedTypeNode } from 'codama';
import { rootNodeFromAnchor } from '@codama/nodes-from-anchor';
import { renderVisitor } from '@codama/renderers-js';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const [idls, out] = process.argv.slice(2);

for (const name of ['personal_token', 'pooled_index']) {
  const root = rootNodeFromAnchor(JSON.parse(readFileSync(join(idls, `${name}.json`), 'utf8')));
  // The renderer has no events: they become types of their own.
  const events = (root.program.events ?? []).map((event) =>
    definedTypeNode({
      name: `${event.name}Event`,
      docs: event.docs,
      type: event.data.kind === 'hiddenPrefixTypeNode' ? event.data.type : event.data,
    }),
  );
  const program = { ...root.program, definedTypes: [...(root.program.definedTypes ?? []), ...events] };
  await createFromRoot({ ...root, program }).accept(
    renderVisitor(join(out, name), { deleteFolderBeforeRendering: true }),
  );
}
