"""What tools add to a drawing when they write it: marks, data, pages, switches, prefixes. Laid over any drawing."""

from lxml import etree

M = "http://www.omg.org/spec/BPMN/20100524/MODEL"
BPMN = f"{{{M}}}"
DI = "{http://www.omg.org/spec/BPMN/20100524/DI}"
DC = "{http://www.omg.org/spec/DD/20100524/DC}"
SIGNAVIO = "{http://www.signavio.com}"
SPIFF = "{http://spiffworkflow.org/bpmn/schema/1.0/core}"
GERMAN = (
    "Antrag prüfen|Ware verpacken|Kunde\ninformieren|Ist alles da?|Spediteur wählen|Frist abgelaufen| |ÄÖÜ ß “x”".split(
        "|"
    )
)
STEPS = "task userTask serviceTask sendTask receiveTask manualTask subProcess callActivity".split()
FLAGS = {"cancelActivity": "10", "triggeredByEvent": "1", "isSequential": "10", "isInterrupting": "01"}
FRAME_EVENTS = "message timer error escalation signal conditional compensate several".split()


def laid_over(content, pick):
    """The same drawing as one of the tools would write it."""
    root = etree.fromstring(content)
    for habit in HABITS:
        if pick.random() < 0.3:
            habit(root, pick)
    root = _with_prefix(root, pick.choice(["", "", "bpmn", "semantic", "model"]))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _with_marks(root, pick):
    for node in list(root.iter(f"{BPMN}*")):
        if node.get("id") and node is not root:
            marks = etree.Element(f"{BPMN}extensionElements", nsmap={"signavio": SIGNAVIO[1:-1]})
            etree.SubElement(marks, f"{SIGNAVIO}signavioMetaData", metaKey="bgcolor", metaValue="#ffffff")
            node.insert(0, marks)


def _with_german_words(root, pick):
    for node in root.iter(f"{BPMN}*"):
        if node.get("name") and pick.random() < 0.5:
            node.set("name", pick.choice(GERMAN))


def _with_data(root, pick):
    for process in root.iter(f"{BPMN}process"):
        etree.SubElement(process, f"{BPMN}dataObject", id=f"{process.get('id')}_do")
        own = f"{process.get('id')}_data"
        etree.SubElement(process, f"{BPMN}dataObjectReference", id=own, dataObjectRef=f"{process.get('id')}_do")
        for task in process.iter(*(BPMN + kind for kind in STEPS)):
            into = etree.SubElement(task, f"{BPMN}dataInputAssociation", id=f"{task.get('id')}_in")
            etree.SubElement(into, f"{BPMN}sourceRef").text = own


def _with_odd_switches(root, pick):
    for node in root.iter(f"{BPMN}*"):
        for key, signs in FLAGS.items():
            if node.get(key) is not None:
                node.set(key, {"true": "1", "false": "0"}.get(node.get(key), pick.choice(signs)))


def _with_frames(root, pick):
    for number, process in enumerate(root.findall(f"{BPMN}process")):
        event = pick.choice(FRAME_EVENTS)
        frame = etree.SubElement(process, f"{BPMN}subProcess", id=f"frame_{number}", triggeredByEvent="true")
        start = etree.SubElement(frame, f"{BPMN}startEvent", id=f"frame_{number}_s", isInterrupting=pick.choice("10"))
        for one in ("message", "timer") if event == "several" else (event,):
            etree.SubElement(start, f"{BPMN}{one}EventDefinition")
        etree.SubElement(frame, f"{BPMN}task", id=f"frame_{number}_t", name="React")
        ends = {"sourceRef": f"frame_{number}_s", "targetRef": f"frame_{number}_t"}
        etree.SubElement(frame, f"{BPMN}sequenceFlow", id=f"frame_{number}_f", **ends)


def _with_inner_lanes(root, pick):
    for lane in list(root.iter(f"{BPMN}lane")):
        inner = etree.SubElement(
            etree.Element(f"{BPMN}childLaneSet"), f"{BPMN}lane", id=f"{lane.get('id')}_x", name="In"
        )
        for ref in lane.findall(f"{BPMN}flowNodeRef")[::2]:
            etree.SubElement(inner, f"{BPMN}flowNodeRef").text = ref.text
        lane.append(inner.getparent())


def _with_messages_to_pools(root, pick):
    for between in root.iter(f"{BPMN}collaboration"):
        pools = [one.get("id") for one in between.iter(f"{BPMN}participant")]
        steps = [one.get("id") for one in root.iter(f"{BPMN}task")] or pools
        for number in range(3):
            ends = {"sourceRef": pick.choice(pools), "targetRef": pick.choice(steps)}
            etree.SubElement(between, f"{BPMN}messageFlow", id=f"to_pool_{number}", **ends)


def _with_details_of_loops(root, pick):
    for loop in root.iter(f"{BPMN}standardLoopCharacteristics", f"{BPMN}multiInstanceLoopCharacteristics"):
        if loop.tag.endswith("standardLoopCharacteristics"):
            etree.SubElement(loop, f"{BPMN}loopCondition").text = pick.choice(["bis alles da ist", "${x}", "n > 3"])
        else:
            etree.SubElement(loop, f"{BPMN}completionCondition").text = pick.choice(["all done", "x = 1", "${y}"])


def _with_second_page(root, pick):
    page = etree.SubElement(etree.SubElement(root, f"{DI}BPMNDiagram"), f"{DI}BPMNPlane", bpmnElement="process_0")
    for node in list(root.iter(f"{BPMN}task"))[:3]:
        shape = etree.SubElement(page, f"{DI}BPMNShape", bpmnElement=node.get("id"))
        if pick.random() < 0.7:
            place = {"x": pick.choice(["10", "NaN", "1e9"]), "y": "20", "width": "100", "height": "80"}
            etree.SubElement(shape, f"{DC}Bounds", place)


def _with_scripts_around(root, pick):
    for task in list(root.iter(f"{BPMN}task", f"{BPMN}userTask"))[:2]:
        held = task.find(f"{BPMN}extensionElements")
        held = etree.Element(f"{BPMN}extensionElements") if held is None else held
        etree.SubElement(held, f"{SPIFF}{pick.choice(['preScript', 'postScript'])}").text = "x = 1\ndel(y)"
        task.insert(0, held)


def _with_empty_pool(root, pick):
    etree.SubElement(root, f"{BPMN}process", id="empty_pool")


def _with_prefix(root, prefix):
    if not prefix:
        return root
    names = {key: value for key, value in root.nsmap.items() if key}
    other = etree.Element(root.tag, root.attrib, nsmap={prefix: M, **names})
    other.extend(list(root))
    return other


HABITS = (
    _with_marks, _with_german_words, _with_data, _with_frames, _with_odd_switches, _with_inner_lanes,
    _with_messages_to_pools, _with_details_of_loops, _with_second_page, _with_scripts_around, _with_empty_pool,
)  # fmt: skip
