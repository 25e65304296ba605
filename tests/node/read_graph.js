// Reads graph files with Gephi Lite's own readers: node read_graph.js FILE.graphml|FILE.gexf … > JSON
import { readFileSync } from "node:fs";
import graphology from "graphology";
import gexf from "graphology-gexf";
import graphml from "graphology-graphml";

const read = process.argv.slice(2).map((path) => {
  const parse = path.endsWith(".gexf") ? gexf.parse : graphml.parse;
  const graph = parse(graphology.Graph, readFileSync(path, "utf8"));
  return {
    type: graph.type,
    multi: graph.multi,
    nodes: graph.mapNodes((id, data) => ({ id, ...data })),
    edges: graph.mapEdges((id, data, source, target) => ({ id, source, target, ...data })),
  };
});
process.stdout.write(JSON.stringify(read));
