"""The running timer on screen: tray, compact window, timer bar, project picker."""
