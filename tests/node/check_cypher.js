// Neo4j's parser and semantic analyser on groups of [statement, parameters]: node check_cypher.js < JSON > JSON
import { readFileSync } from "node:fs";
import { lintCypherQuery } from "@neo4j-cypher/language-support";

const { groups, labels, types, languages } = JSON.parse(readFileSync(0, "utf8"));
const complaints = {};
for (const [group, statements] of Object.entries(groups)) {
  complaints[group] = [];
  for (const [statement, parameters] of statements) {
    for (const language of languages) {
      const schema = { defaultLanguage: language, labels, relationshipTypes: types, parameters };
      const { diagnostics } = lintCypherQuery(statement, schema);
      for (const { message } of diagnostics) complaints[group].push({ language, statement, message });
    }
  }
}
process.stdout.write(JSON.stringify(complaints));
