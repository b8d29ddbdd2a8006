/**
 * Files to take away: CSV of what is on show, ids of the selection.
 */
import { about, entities, measures, relations, words } from "./record.js";
import { download, field, press, say } from "./dom.js";
import { filtered } from "./filtering.js";
import { state } from "./state.js";
import { sentence } from "./statements.js";
import { shownEntities, shownRelations } from "./table.js";
import { count, csv } from "./words.js";
import { published } from "./belief.js";

/** Columns that say what a row is from, for a row may travel alone. */
const ORIGIN = ["dataset", "data_version", "data_sha256", "as_of", "known_by", "part_of_record", "edition", "caveat"];

function origin() {
  return [about.name, about.version, about.hash, about.as_of, state.knownBy, about.cut, about.profile || "complete", about.caveat + (about.watermark ? ` ${about.watermark}` : "")];
}

/** CSV text of the relations on show. */
export function relationsCsv() {
  const head = ["id", "source", "source_name", "relation", "target", "target_name", "statement", "status", "probability", "tie_factor", "disputed", "start", "end", "share", "documents", ...ORIGIN];
  const { belief } = filtered();
  const lines = shownRelations().map((k) => {
    const relation = relations[k];
    const [source, target] = [entities[relation.source], entities[relation.target]];
    const docs = relation.evidence.filter((row) => published(row.document, state.knownBy)).map((row) => `${row.supports ? "" : "disputes "}${row.document.id} ${row.document.publisher} ${row.document.published}`.trim());
    return [relation.id, source.id, source.name, words.relations[relation.type].label, target.id, target.name, sentence(k), belief[k].status,
      Number(belief[k].p.toPrecision(6)), relation.factor, belief[k].disputed ? "yes" : "no", relation.start, relation.end, relation.share, docs.join("; "), ...origin()];
  });
  return csv([head, ...lines]);
}

/** CSV text of the entities on show. */
export function entitiesCsv() {
  const head = ["id", "name", "type", "status", "countries", "aliases", "identifiers", "community", "neighbours", ...measures.map((measure) => measure.name), "note", ...ORIGIN];
  // Standings, communities and measures are of the whole record: nobody knew them on an earlier day.
  const hindsight = state.knownBy !== "";
  const lines = shownEntities().map((i) => {
    const entity = entities[i];
    return [entity.id, entity.name, entity.type, hindsight ? "" : entity.status, entity.countries.join(";"), entity.aliases.join(";"), entity.identifiers.join(";"), hindsight ? "" : entity.community,
      filtered().degree[i], ...measures.map((measure) => (hindsight ? "" : measure.value[i])), state.notes.get(i) ?? "", ...origin()];
  });
  return csv([head, ...lines]);
}

/** Start of the name of every file. */
export function fileStem() {
  return `${about.name}-${about.version}`.replace(/[^A-Za-z0-9._-]+/gu, "-");
}

/** Copy to the clipboard, by the old way where the new one is not allowed. @param {HTMLInputElement} from */
async function copyField(from) {
  try {
    await navigator.clipboard.writeText(from.value);
    say("Copied.");
  } catch {
    from.select();
    say("Copying is not allowed here: the text is selected, use the copy key.");
  }
}

/** Wire the buttons. */
export function startExports() {
  press("save-relations", () => {
    download(`${fileStem()}-relations.csv`, new Blob([relationsCsv()], { type: "text/csv;charset=utf-8" }));
    say(`${count(shownRelations().length, "relation", "relations")} saved.`);
  });
  press("save-entities", () => {
    download(`${fileStem()}-entities.csv`, new Blob([entitiesCsv()], { type: "text/csv;charset=utf-8" }));
    say(`${count(shownEntities().length, "entity", "entities")} saved.`);
  });
  press("save-ids", () => download(`${fileStem()}-ids.txt`, new Blob([`${field("ids").value}\n`], { type: "text/plain;charset=utf-8" })));
  press("copy-ids", () => void copyField(field("ids")));
  press("print", () => window.print());
}
