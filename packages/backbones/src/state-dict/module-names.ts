/** Module of a PyTorch definition that is a layer of ours, by the layer's name; nothing for a layer that it lacks. */
export type ModuleOf = (layer: string) => string | undefined;

/** The first pattern that a name fits, with its groups put in. */
function renamed(rules: readonly (readonly [RegExp, string])[]): ModuleOf {
  return (layer) => {
    const rule = rules.find(([pattern]) => pattern.test(layer));
    return rule === undefined ? undefined : layer.replace(...rule);
  };
}

const zeroBased: ModuleOf = (layer) => layer.replace(/^stage(\d+)\.block(\d+)/, (_, stage: string, block: string) => `stage${stage}.${Number(block) - 1}`);

/** Modules of torchvision's ResNet, or of the one for CIFAR in the SupCon release, which calls its shortcuts so. */
export function resnetModules({ stem }: { readonly stem: 'imagenet' | 'cifar' }): ModuleOf {
  const shortcut = stem === 'cifar' ? 'shortcut' : 'downsample';
  const rename = renamed([
    [/^stem\.conv$/, 'conv1'],
    [/^stem\.conv\.norm$/, 'bn1'],
    [/^stage(\d+)\.(\d+)\.conv(\d)$/, 'layer$1.$2.conv$3'],
    [/^stage(\d+)\.(\d+)\.conv(\d)\.norm$/, 'layer$1.$2.bn$3'],
    [/^stage(\d+)\.(\d+)\.shortcut$/, `layer$1.$2.${shortcut}.0`],
    [/^stage(\d+)\.(\d+)\.shortcut\.norm$/, `layer$1.$2.${shortcut}.1`],
  ]);
  return (layer) => rename(zeroBased(layer) ?? layer);
}

/** Modules of the BN-Inception of `pretrained-models.pytorch`. */
export function bnInceptionModules(): ModuleOf {
  const rename = renamed([
    [/^conv1$/, 'conv1_7x7_s2'],
    [/^conv2\.reduce$/, 'conv2_3x3_reduce'],
    [/^conv2$/, 'conv2_3x3'],
    [/^inception(\w+)\.single$/, 'inception_$1_1x1'],
    [/^inception(\w+)\.branch1\.reduce$/, 'inception_$1_3x3_reduce'],
    [/^inception(\w+)\.branch1\.conv1$/, 'inception_$1_3x3'],
    [/^inception(\w+)\.branch2\.reduce$/, 'inception_$1_double_3x3_reduce'],
    [/^inception(\w+)\.branch2\.conv(\d)$/, 'inception_$1_double_3x3_$2'],
    [/^inception(\w+)\.projection$/, 'inception_$1_pool_proj'],
  ]);
  return (layer) => {
    const module = rename(layer.replace(/\.norm$/, ''));
    return module !== undefined && layer.endsWith('.norm') ? `${module}_bn` : module;
  };
}

/** Modules of torchvision's GoogLeNet. */
export function googlenetModules(): ModuleOf {
  const rename = renamed([
    [/^conv(\d)$/, 'conv$1'],
    [/^inception(\w+)\.single$/, 'inception$1.branch1'],
    [/^inception(\w+)\.branch1\.reduce$/, 'inception$1.branch2.0'],
    [/^inception(\w+)\.branch1\.conv1$/, 'inception$1.branch2.1'],
    [/^inception(\w+)\.branch2\.reduce$/, 'inception$1.branch3.0'],
    [/^inception(\w+)\.branch2\.conv1$/, 'inception$1.branch3.1'],
    [/^inception(\w+)\.projection$/, 'inception$1.branch4.1'],
  ]);
  return (layer) => {
    const module = rename(layer.replace(/\.norm$/, ''));
    return module === undefined ? undefined : `${module}.${layer.endsWith('.norm') ? 'bn' : 'conv'}`;
  };
}
