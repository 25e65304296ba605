// Neo4j's parser and semantic analyser: node check_cypher.js < JSON of {statements, labels, types} > JSON of complaints
import { readFileSync } from "node:fs";
import { lintCypherQuery } from "@neo4j-cypher/language-support";

const { statements, labels, types, languages } = JSON.parse(readFileSync(0, "utf8"));
const complaints = [];
for (const [statement, parameters] of statements) {
  for (const language of languages) {
    const schema = { defaultLanguage: language, labels, relationshipTypes: types, parameters };
    const { diagnostics } = lintCypherQuery(statement, schema);
    for (const { message } of diagnostics) complaints.push({ language, statement, message });
  }
}
process.stdout.write(JSON.stringify(complaints));
