// Ask an endpoint by Comunica: node comunica.mjs URL QUERY. Prints SPARQL results JSON, N-Quads for triples.
import { QueryEngine } from '@comunica/query-sparql';

const [url, query] = process.argv.slice(2);
const engine = new QueryEngine();
const result = await engine.query(query, { sources: [{ type: 'sparql', value: url }] });
const format = result.resultType === 'quads' ? 'application/n-quads' : 'application/sparql-results+json';
const { data } = await engine.resultToString(result, format);
data.pipe(process.stdout);
