import type { Amendment, Provision } from '../api/types.ts'

export interface ProvisionNode {
  provision: Provision
  children: ProvisionNode[]
}

/** Nests the provisions of an act; one whose parent is not in force then stands at the top. */
export function provisionTree(provisions: readonly Provision[]): ProvisionNode[] {
  const nodes = new Map(provisions.map((provision) => [provision.eid, { provision, children: [] as ProvisionNode[] }]))
  const roots: ProvisionNode[] = []
  for (const node of nodes.values()) {
    const parent = node.provision.parentEid === null ? undefined : nodes.get(node.provision.parentEid)
    if (parent === undefined) roots.push(node)
    else parent.children.push(node)
  }
  return roots
}

/** Amendment notes at the elements that they name. */
export function amendmentsByEid(amendments: readonly Amendment[]): ReadonlyMap<string, Amendment[]> {
  const byEid = new Map<string, Amendment[]>()
  for (const amendment of amendments)
    for (const eid of amendment.targetEids) {
      const known = byEid.get(eid)
      if (known === undefined) byEid.set(eid, [amendment])
      else known.push(amendment)
    }
  return byEid
}
