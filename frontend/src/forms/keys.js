// The names under which answers are kept: which are free, and a first one made of the words of a question.

const GENERATED = /^[a-z]+_[a-z0-9]{1,12}$/; // as the editor makes them up: its kind, a sign and chance
const MOST_WORDS = 5;

/** Words as part of a name: "What do you offer?" is `what_do_you_offer`. */
export function named(words) {
  const plain = words.normalize("NFKD").replace(/[\u0300-\u036f'’]/g, "").toLowerCase();
  const parts = plain.split(/[^a-z0-9]+/).filter(Boolean).slice(0, MOST_WORDS);
  const name = parts.join("_").slice(0, 50);
  return /^[0-9]/.test(name) ? `a_${name}` : name;
}

export class Keys {
  static $inject = ["formFieldRegistry", "pathRegistry"];

  constructor(formFieldRegistry, pathRegistry) {
    Object.assign(this, { formFieldRegistry, pathRegistry });
  }

  /** Why a key cannot be taken, in words; "" where it can. Lists have theirs in `path`. */
  fault(field, key) {
    const name = field.type === "dynamiclist" ? "path" : "key";
    if (key === field[name]) return "";
    if (!key) return "Enter the name of the fact";
    if (!/^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/.test(key)) {
      return "The name must be letters, numbers and _, with dots between, like risk.band";
    }
    return this.#isFree(field, key) ? "" : `Another question here is kept as ${key} already`;
  }

  /** A key for a question that has none but a made-up one; undefined for others. */
  first(field, words) {
    if (!field.key?.startsWith(`${field.type}_`) || !GENERATED.test(field.key)) return undefined;
    const name = named(words);
    if (!name) return undefined;
    const stem = this.#stem(field);
    const tries = Array.from({ length: 50 }, (_, number) => `${stem}${name}${number ? `_${number + 1}` : ""}`);
    return tries.find((key) => this.#isFree(field, key));
  }

  /** What most keys beside it begin with; in a list nothing. */
  #stem(field) {
    const all = this.formFieldRegistry.getAll().filter((one) => one !== field && one.key?.includes("."));
    if (this.formFieldRegistry.get(field._parent)?.type === "dynamiclist" || !all.length) return "";
    const counted = new Map();
    for (const { key } of all) {
      const first = key.slice(0, key.indexOf(".") + 1);
      counted.set(first, (counted.get(first) ?? 0) + 1);
    }
    return [...counted].sort((one, other) => other[1] - one[1])[0][0];
  }

  #isFree(field, key) {
    const isList = field.type === "dynamiclist";
    const claim = isList ? { isRepeatable: true, claimerId: field.id } : { isClosed: true, claimerId: field.id };
    const wanted = this.pathRegistry.getValuePath(field, { replacements: { [field.id]: key.split(".") } });
    if (isList) return this.pathRegistry.canClaimPath(wanted, claim);
    const standing = this.pathRegistry.getValuePath(field);
    this.pathRegistry.unclaimPath(standing);
    const isFree = this.pathRegistry.canClaimPath(wanted, claim);
    this.pathRegistry.claimPath(standing, claim);
    return isFree;
  }
}
