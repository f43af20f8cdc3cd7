import type { Cuts } from './trim.ts'

const params: Cuts['code'] = [['globalContext,'], ['excessDomChildren,'], ['isHydrating,']]

/**
 * Known of everything the widget draws: begun in the browser alone, so that nothing is hydrated or suspended; no context, no
 * portal, no boundary for errors, no markup from strings, no style attribute, no mathematics; components of its own, which
 * know of being mounted and unmounted and of nothing between. How Preact compares and changes a tree is untouched.
 */
export const cuts: Record<string, Cuts> = {
  'preact/src/index.js': {
    code: [
      ["export { render, hydrate } from './render';", "export { render } from './render';"],
      ['createRef, cloneElement, isValidElement'],
      ["export { createContext } from './create-context';"],
      ["export { createPortal } from './create-portal';"],
      ["export { toChildArray } from './diff/children';"],
    ],
  },
  'preact/src/render.js': {
    code: [
      ['if (parentDom.nodeType == 9) { parentDom = parentDom.documentElement; }'],
      ['let isHydrating = vnode && vnode._flags & MODE_HYDRATE;'],
      ['isHydrating ? NULL : parentDom._children', 'parentDom._children'],
      ['oldVNode || EMPTY_OBJ, EMPTY_OBJ,', 'oldVNode || EMPTY_OBJ,'],
      ['oldVNode ? NULL : parentDom.firstChild ? slice.call(parentDom.childNodes) : NULL,'],
      ['isHydrating,'],
    ],
  },
  'preact/src/component.js': {
    code: [
      ['export function BaseComponent(props, context)', 'export function BaseComponent(props)'],
      ['this.context = context;'],
      [
        `BaseComponent.prototype.forceUpdate = function (callback) {
          if (this._vnode) {
            this._bits |= COMPONENT_FORCE;
            if (callback) this._renderCallbacks.push(callback);
            enqueueRender(this);
          }
        };`,
      ],
      [' && !vnode.props._parentDom'],
      ['component._globalContext,'],
      ['oldVNode._flags & MODE_HYDRATE ? [oldDom] : NULL,'],
      ['oldVNode._flags & MODE_HYDRATE,'],
      ['|| prevDebounce != options.debounceRendering'],
      ['prevDebounce = options.debounceRendering;'],
      ['(prevDebounce || queueMicrotask)', 'queueMicrotask'],
    ],
  },
  'preact/src/diff/catch-error.js': {
    code: [
      [
        `for (; (vnode = vnode._parent); ) {
          if ((component = vnode._component) && !(component._bits & COMPONENT_PROCESSING_EXCEPTION)) {
            component._bits |= COMPONENT_FORCE;
            try {
              ctor = component.constructor;
              if ((handled = ctor && ctor.getDerivedStateFromError)) {
                component.setState(ctor.getDerivedStateFromError(error));
              }
              if (component.componentDidCatch) {
                component.componentDidCatch(error, errorInfo || {});
                handled = 1;
              }
              if (handled && component._bits & COMPONENT_DIRTY) {
                component._bits |= COMPONENT_PENDING_ERROR;
                return;
              }
            } catch (e) { error = e; }
          }
        }`,
      ],
    ],
  },
  'preact/src/diff/children.js': {
    code: [
      ...params,
      ['|| childVNode.constructor === String'],
      [' || oldVNode._flags & REF_DETACHED'],
      ['if (parentVNode.props._parentDom) return oldDom;'],
      [
        `if (oldDom && !oldDom.parentNode) {
          oldDom = getDomSibling(parentVNode);
          if (oldDom && !oldDom.parentNode) oldDom = NULL;
        }`,
      ],
      ['while (next && next.nodeType == 8) next = next.nextSibling;'],
      [
        "(oldDom = oldDom && oldDom.nextSibling) && oldDom.nodeType == 8 && !oldDom.data.startsWith('$s')",
        '((oldDom = oldDom && oldDom.nextSibling), false)',
      ],
    ],
  },
  'preact/src/diff/props.js': {
    code: [
      ["if (name == 'style') {", 'if (false) {'],
      ["useCapture = name != (name = name.replace(CAPTURE_REGEX, '$1'));"],
      [', useCapture)', ')'],
      ["name = name.replace(/xlink(H|:h)/, 'h').replace(/sName$/, 's');"],
      ["name != 'width' &&"],
      ["name != 'height' &&"],
      ["name != 'form' &&"],
      ["name != 'download' &&"],
      ["name != 'rowSpan' &&"],
      ["name != 'colSpan' &&"],
      ["name != 'popover' &&"],
      ["name == 'popover' && value == true ? '' : value", 'value'],
      ['options.event ? options.event(e) : e', 'e'],
    ],
  },
  'preact/src/diff/index.js': {
    code: [
      [
        `if (oldVNode._flags & MODE_SUSPENDED &&
            ((isHydrating = oldVNode._flags & MODE_HYDRATE), (tmp = oldVNode._component._excess))) {
          newVNode._flags |= isHydrating;
          resumed = excessDomChildren = [];
          if (tmp.nodeType == 8) { oldDom = rangeEnd(tmp, excessDomChildren); }
          else { excessDomChildren.push(tmp); }
          oldDom = excessDomChildren[0] || oldDom;
        }`,
      ],
      [
        `tmp = newType.contextType;
        const provider = tmp && globalContext[tmp._id];
        const componentContext = tmp ? provider ? provider.props.value : tmp._defaultValue : globalContext;`,
      ],
      ['if (c._bits & COMPONENT_PENDING_ERROR) { c._bits |= COMPONENT_PROCESSING_EXCEPTION; }'],
      ['newProps, componentContext )', 'newProps)'],
      ['if (provider) provider.sub(c);'],
      ['c._globalContext = globalContext;'],
      [
        `if (newType.getDerivedStateFromProps) {
          if (c._nextState == c.state) { c._nextState = assign({}, c._nextState); }
          assign(c._nextState, newType.getDerivedStateFromProps(newProps, c._nextState));
        }`,
      ],
      [
        'if (isClassComponent && !newType.getDerivedStateFromProps && c.componentWillMount) { c.componentWillMount(); }',
      ],
      [
        `if (newProps !== oldProps && isClassComponent && !newType.getDerivedStateFromProps && c.componentWillReceiveProps) {
          c.componentWillReceiveProps(newProps);
        }`,
      ],
      [
        'c.shouldComponentUpdate( newProps, c._nextState, componentContext )',
        'c.shouldComponentUpdate(newProps)',
      ],
      ['if (c.componentWillUpdate) { c.componentWillUpdate(newProps, c._nextState, componentContext); }'],
      [
        `if (isClassComponent && c.componentDidUpdate) {
          c._renderCallbacks.push(() => { c.componentDidUpdate(oldProps, oldState, snapshot); });
        }`,
      ],
      ['c.context = componentContext;'],
      ['(c.state = c._nextState), c.context)', '(c.state = c._nextState))'],
      ['if (c.getChildContext) { globalContext = assign({}, globalContext, c.getChildContext()); }'],
      [
        'if (isClassComponent && oldVNode._component && c.getSnapshotBeforeUpdate) { snapshot = c.getSnapshotBeforeUpdate(oldProps, oldState); }',
      ],
      [
        `if (newProps._parentDom) {
          tmp = oldDom;
          parentDom = newProps._parentDom;
          namespace = parentDom.namespaceURI;
          isHydrating = excessDomChildren = NULL;
          if (oldVNode.props && oldVNode.props._parentDom != parentDom) {
            (oldVNode._children).some(child => { if (child) unmount(child, child); });
            oldVNode._children = NULL;
          }
          oldDom = oldVNode._children ? getDomSibling(oldVNode, 0) : NULL;
        }`,
      ],
      ['if (newProps._parentDom) { newVNode._dom = NULL; oldDom = tmp; }'],
      ['newVNode._flags &= RESET_MODE;'],
      ['if (resumed) resumed.some(removeNode);'],
      [
        `if (c._bits & COMPONENT_PROCESSING_EXCEPTION) {
          c._bits &= ~(COMPONENT_PROCESSING_EXCEPTION | COMPONENT_PENDING_ERROR);
        }`,
      ],
      [
        `if (isHydrating || excessDomChildren) {
          if (e && e.then) {
            let startMarker, end;
            newVNode._flags |= MODE_SUSPENDED | isHydrating;
            if (excessDomChildren) {
              let i = excessDomChildren.indexOf(oldDom || UNDEFINED), child;
              if (!~i) i = excessDomChildren.length;
              while ((child = excessDomChildren[i - 1]) && child.nodeType == 8) { i--; }
              for (; i < excessDomChildren.length; i++) {
                if ((child = excessDomChildren[i])) {
                  excessDomChildren[i] = NULL;
                  if (startMarker) { if (child == end) break; }
                  else if (child.nodeType != 8) { break; }
                  else if (child.data.startsWith('$s')) { end = rangeEnd((startMarker = child)); }
                }
              }
            }
            if (!startMarker) {
              while (oldDom && oldDom.nodeType == 8 && oldDom.nextSibling) { oldDom = oldDom.nextSibling; }
              startMarker = oldDom;
            }
            startMarker = newVNode._component._excess || (newVNode._component._excess = startMarker);
            if ((tmp = rangeEnd(startMarker))) { newVNode._dom = startMarker; oldDom = tmp; }
            else newVNode._dom = oldDom;
            oldDom = oldDom && oldDom.nextSibling;
          } else if (excessDomChildren) { excessDomChildren.some(removeNode); }
        } else { newVNode._dom = oldVNode._dom; }`,
        'newVNode._dom = oldVNode._dom;',
      ],
      ['if (!(e && e.then)) markAsForce(newVNode);', 'markAsForce(newVNode);'],
      ["else if (nodeType == 'math') namespace = MATH_NAMESPACE;"],
      [
        `if (excessDomChildren) {
          for (i = 0; i < excessDomChildren.length; i++) {
            value = excessDomChildren[i];
            if (value && (nodeType ? value.localName == nodeType : value.nodeType == 3)) {
              dom = value;
              excessDomChildren[i] = NULL;
              break;
            }
          }
        }`,
      ],
      ['const doc = parentDom.ownerDocument || document;'],
      ['doc.createTextNode', 'document.createTextNode'],
      ['doc.createElementNS', 'document.createElementNS'],
      ['nodeType, newProps.is ? newProps : parentDom )', 'nodeType)'],
      [
        `if (isHydrating) {
          if (options._hydrationMismatch) options._hydrationMismatch(newVNode, excessDomChildren);
          isHydrating = false;
        }
        excessDomChildren = NULL;`,
      ],
      ['(!isHydrating || dom.data != newProps)', 'true'],
      ["parentDom = (nodeType == 'template' && dom.content) || dom;", 'parentDom = dom;'],
      [
        "excessDomChildren = nodeType == 'textarea' && newProps.defaultValue != NULL ? NULL : excessDomChildren && slice.call(parentDom.childNodes);",
      ],
      [
        `if (!isHydrating && excessDomChildren) {
          oldProps = {};
          for (i = 0; i < dom.attributes.length; i++) { value = dom.attributes[i]; oldProps[value.name] = value.value; }
        }`,
      ],
      ["if (i == 'dangerouslySetInnerHTML') { oldHtml = value; } else if", 'if'],
      [
        "&& !(i == 'value' && 'defaultValue' in newProps) && !(i == 'checked' && 'defaultChecked' in newProps)",
      ],
      ["else if (i == 'dangerouslySetInnerHTML') { newHtml = value; }"],
      ["(!isHydrating || typeof value == 'function') && oldProps[i] !== value", 'oldProps[i] !== value'],
      [
        `if (newHtml) {
          if (!isHydrating && (!oldHtml || (newHtml.__html != oldHtml.__html && newHtml.__html != dom.innerHTML))) {
            dom.innerHTML = newHtml.__html;
          }
          newVNode._children = [];
        } else {
          if (oldHtml) dom.textContent = '';`,
        '{',
      ],
      [
        "if (nodeType == 'foreignObject' || (namespace == MATH_NAMESPACE && MATHML_TOKEN_ELEMENTS.test(nodeType))) { namespace = XHTML_NAMESPACE; }",
      ],
      ['excessDomChildren ? excessDomChildren[0] : oldVNode._children', 'oldVNode._children'],
      ['if (excessDomChildren) excessDomChildren.some(removeNode);'],
      ["if (!isHydrating || nodeType == 'textarea') {", '{'],
      ['r._parentDom = r._globalContext = NULL;', 'r._parentDom = NULL;'],
      ['? skipRemove && !vnode.props._parentDom', '? skipRemove'],
      [
        `if (!skipRemove && (r = vnode._component) && (r = r._excess) && (end = rangeEnd(r, (nodes = [])))) {
          if (r == vnode._dom) nodes.some(removeNode);
          removeNode(end);
          removeNode(r);
        }`,
      ],
      [
        'function doRender(props, state, context) { return this.constructor(props, context); }',
        'function doRender(props) { return this.constructor(props); }',
      ],
      ...params,
    ],
  },
}
