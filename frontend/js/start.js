// Loads the islands of a page, if it has any. The server names the files; nothing here is inline, so the content security
// policy needs no exception for scripts.
const self = document.getElementById('start');
const modules = new Map();

// An island asks for a module of its own (sealing) by name; it is loaded once, and only then.
globalThis.zhaocai = {
  load(name) {
    if (!modules.has(name)) {
      const address = self.dataset[name];
      modules.set(name, address
        ? import(address).then(async (module) => { await module.default(); return module; })
        : Promise.reject(new Error(`no module ${name}`)));
    }
    return modules.get(name);
  },
};

// Outer islands before inner ones: an island that holds server-rendered children may hold further islands in them.
async function wake(node, module, children) {
  if (node.localName === 'leptos-island') {
    const island = module[node.dataset.component];
    children.at(-1)?.();
    if (island) await island(node);
  } else if (node.localName === 'leptos-children') {
    children = [...children, node.$$on_hydrate];
  }
  for (const child of node.children) await wake(child, module, children);
}

const module = await import(self.dataset.islands);
await module.default();
module.hydrate();
await wake(document.body, module, []);
document.documentElement.dataset.awake = '';
