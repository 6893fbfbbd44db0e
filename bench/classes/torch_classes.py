"""CosFace over many classes in PyTorch: loss, gradients and SGD with momentum; prints milliseconds of each step and the peak of memory."""
import json
import resource
import sys
import time

import torch
import torch.nn.functional as F

WARM_UP, SCALE, MARGIN = 2, 64, 0.35


def main(settings):
    torch.manual_seed(0)
    torch.set_num_threads(settings["threads"])
    batch, dim, classes = settings["batch"], settings["embeddingDim"], settings["classes"]
    prototypes = torch.nn.Parameter(torch.randn(classes, dim))
    embeddings = torch.randn(batch, dim, requires_grad=True)
    optimiser = torch.optim.SGD([prototypes], lr=0.1, momentum=0.9, weight_decay=5e-4)
    rows = torch.arange(batch)
    milliseconds = []
    for step in range(-WARM_UP, settings["steps"]):
        labels = torch.randint(classes, (batch,))
        start = time.perf_counter()
        optimiser.zero_grad(set_to_none=True)
        embeddings.grad = None
        logits = F.linear(F.normalize(embeddings), F.normalize(prototypes))
        logits[rows, labels] -= MARGIN
        loss = F.cross_entropy(SCALE * logits, labels)
        loss.backward()
        optimiser.step()
        loss.item()
        if step >= 0:
            milliseconds.append(1000 * (time.perf_counter() - start))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"milliseconds": milliseconds, "peakMegabytes": peak, "versions": [f"PyTorch {torch.__version__.split('+')[0]}"]}))


main(json.loads(sys.argv[1]))
