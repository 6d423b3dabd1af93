"""The parts of a painted drawing: words, marks, nodes, frames and flows, as SVG."""
